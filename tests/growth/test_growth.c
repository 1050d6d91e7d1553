/* Cost grows no faster than the input: test_growth VALGRIND GROWTH_CASE NAME
 * Counts the instructions that the case executes at n, 2n and 4n. What the first doubling adds, the
 * second may add about twice. */
#define _POSIX_C_SOURCE 200809L

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_COMMAND = 8192, LONGEST_LINE = 1024, SIZES = 3 };

/* Twice, and room for tables that double and for n log n. A quadratic cost gives 4. */
static const double MOST_GROWTH = 2.6;
/* A cost may fall where a limit comes into play: the first doubling counts for this part of 2n. */
static const double LEAST_PART = 3;

/* callgrind ends with a line "==1234== Collected : 567". */
static bool read_count(const char *line, double *count)
{
    const char *words = strstr(line, "Collected : ");
    if (!words)
        return false;
    *count = strtod(words + strlen("Collected : "), NULL);
    return *count > 0;
}

/* Instructions of one run; 0 when it failed. */
static double measure(char **arguments, unsigned multiple)
{
    char command[LONGEST_COMMAND];
    char line[LONGEST_LINE];
    double count = 0;
    int len = snprintf(command, sizeof command,
                       "'%s' --tool=callgrind --callgrind-out-file=/dev/null '%s' '%s' %u 2>&1",
                       arguments[1], arguments[2], arguments[3], multiple);
    FILE *output = len > 0 && len < LONGEST_COMMAND ? popen(command, "r") : NULL;
    if (!output)
        return 0;
    while (fgets(line, sizeof line, output)) {
        if (!read_count(line, &count) && strstr(line, "==") != line)
            fputs(line, stdout);
    }
    return pclose(output) == 0 ? count : 0;
}

int main(int count, char **arguments)
{
    double costs[SIZES];
    if (count != 4)
        return EXIT_FAILURE;
    for (unsigned i = 0; i < SIZES; i++) {
        costs[i] = measure(arguments, 1u << i);
        if (costs[i] == 0) {
            printf("%s: no count at %u times n\n", arguments[3], 1u << i);
            return EXIT_FAILURE;
        }
    }
    double first = costs[1] - costs[0];
    double second = costs[2] - costs[1];
    if (first < costs[1] / LEAST_PART)
        first = costs[1] / LEAST_PART;
    double growth = second / first;
    printf("%-26s n %.0f, 2n %.0f, 4n %.0f instructions: growth %.2f\n", arguments[3], costs[0],
           costs[1], costs[2], growth);
    return growth < MOST_GROWTH ? EXIT_SUCCESS : EXIT_FAILURE;
}
