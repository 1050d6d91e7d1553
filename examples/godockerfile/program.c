#include "program.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void print_message(const char *format, va_list values)
{
    fflush(stdout);
    fputs("godockerfile: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
}

int fail(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    print_message(format, values);
    va_end(values);
    return STATUS_ERROR;
}

int fail_usage(const char *command, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    print_message(format, values);
    va_end(values);
    fprintf(stderr, "Try 'godockerfile %s%s--help'.\n", command ? command : "", command ? " " : "");
    return STATUS_ERROR;
}

int fail_file(const char *action, const char *path)
{
    return fail("cannot %s %s: %s", action, path, strerror(errno));
}

int fail_memory(void)
{
    return fail("out of memory");
}

void print_bytes(gdf_str text)
{
    fwrite(text.ptr, 1, text.len, stdout);
}

int finish_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    return fail_file("write to", "standard output");
}
