/* Throughput of the library on a directory of Dockerfiles, in MB/s (1 MB = 10^6 bytes):
 *
 *     bench [--rounds N] DIRECTORY
 *
 * Every measure is the best of N rounds (default 7) over all files, one file after the other, by
 * the clock on the wall. Memory is what the allocator handed out at most while a document lived,
 * summed over all documents, relative to the sum of their sizes. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <godockerfile.h>

#include "support/counting_allocator.h"
#include "support/read_file.h"

enum { DEFAULT_ROUNDS = 7, LONGEST_PATH = 4096 };

typedef struct inputs {
    gdf_str *files;
    size_t count;
    size_t capacity;
    size_t bytes;
} inputs;

static void add_file(inputs *in, const char *path)
{
    gdf_str contents;
    if (!read_file(path, &contents))
        return;
    if (in->count == in->capacity) {
        in->capacity = in->capacity ? in->capacity * 2 : 64;
        in->files = realloc(in->files, in->capacity * sizeof *in->files);
        if (!in->files)
            exit(EXIT_FAILURE);
    }
    in->files[in->count++] = contents;
    in->bytes += contents.len;
}

static bool is_dockerfile(const char *name)
{
    return strstr(name, "Dockerfile") != NULL;
}

static void add_directory(inputs *in, const char *path)
{
    DIR *directory = opendir(path);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char file[LONGEST_PATH];
        int len = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] == '.' || len < 0 || len >= LONGEST_PATH)
            continue;
        DIR *inner = opendir(file);
        if (inner) {
            closedir(inner);
            add_directory(in, file);
        } else if (is_dockerfile(entry->d_name)) {
            add_file(in, file);
        }
    }
    closedir(directory);
}

/* ---- the measured work ----------------------------------------------------------------------- */

static volatile size_t sink; /* keeps results alive */

static void scan_newlines(gdf_str text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    sink += lines;
}

static void parse(gdf_str text)
{
    gdf_document *document = gdf_document_parse(text.ptr, text.len, NULL);
    sink += gdf_document_count_nodes(document);
    gdf_document_free(document);
}

static void check(gdf_str text)
{
    gdf_document *document = gdf_document_parse(text.ptr, text.len, NULL);
    gdf_report *report = gdf_report_create(document, NULL, NULL, NULL);
    sink += gdf_report_count_findings(report);
    gdf_report_free(report);
    gdf_document_free(document);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double best_throughput(const inputs *in, void (*work)(gdf_str), int rounds)
{
    double best = 0;
    for (int round = 0; round < rounds; round++) {
        double start = seconds();
        for (size_t i = 0; i < in->count; i++)
            work(in->files[i]);
        double throughput = (double)in->bytes / 1e6 / (seconds() - start);
        if (throughput > best)
            best = throughput;
    }
    return best;
}

/* ---- memory ---------------------------------------------------------------------------------- */

static double parse_memory(const inputs *in)
{
    size_t bytes = 0;
    for (size_t i = 0; i < in->count; i++) {
        counting_allocator counter;
        counting_allocator_init(&counter);
        gdf_options *options = gdf_options_create(&counter.allocator);
        size_t before = counter.live_bytes;
        gdf_document *document = gdf_document_parse(in->files[i].ptr, in->files[i].len, options);
        bytes += counter.peak_bytes - before;
        gdf_document_free(document);
        gdf_options_free(options);
    }
    return (double)bytes / (double)in->bytes;
}

static gdf_str concatenate(const inputs *in)
{
    char *all = malloc(in->bytes + in->count + 1);
    size_t len = 0;
    for (size_t i = 0; all && i < in->count; i++) {
        memcpy(all + len, in->files[i].ptr, in->files[i].len);
        len += in->files[i].len;
        all[len++] = '\n';
    }
    return (gdf_str){all, len};
}

int main(int argc, char **argv)
{
    int rounds = DEFAULT_ROUNDS;
    inputs in = {0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--rounds") == 0 && i + 1 < argc)
            rounds = atoi(argv[++i]);
        else
            add_directory(&in, argv[i]);
    }
    if (in.count == 0 || rounds < 1) {
        fputs("usage: bench [--rounds N] DIRECTORY\n", stderr);
        return EXIT_FAILURE;
    }
    printf("files %zu\n", in.count);
    printf("bytes %zu\n", in.bytes);
    printf("scan %.1f MB/s\n", best_throughput(&in, scan_newlines, rounds));
    printf("parse %.1f MB/s\n", best_throughput(&in, parse, rounds));
    printf("check %.1f MB/s\n", best_throughput(&in, check, rounds));
    printf("memory %.2f bytes per input byte, each file alone\n", parse_memory(&in));
    gdf_str all = concatenate(&in);
    inputs whole = {.files = &all, .count = 1, .bytes = all.len};
    printf("memory-concatenated %.2f bytes per input byte\n", parse_memory(&whole));
    for (size_t i = 0; i < in.count; i++)
        read_file_free(in.files[i]);
    free(in.files);
    free((void *)(uintptr_t)all.ptr);
    return EXIT_SUCCESS;
}
