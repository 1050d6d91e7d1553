#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/slice.h"
#include "conformance/golden_rows.h"
#include "conformance/packed_files.h"

/* The ustar header: a block with the name at 0 and the size in octal at 124. */
enum { BLOCK = 512, NAME_SIZE = 100, SIZE_AT = 124, SIZE_DIGITS = 11, TYPE_AT = 156 };

static size_t read_octal(const char *digits, size_t count)
{
    size_t value = 0;
    for (size_t i = 0; i < count && digits[i] >= '0' && digits[i] <= '7'; i++)
        value = value * 8 + (size_t)(digits[i] - '0');
    return value;
}

static void read_exactly(FILE *stream, char *bytes, size_t len)
{
    assert_int_equal(fread(bytes, 1, len, stream), len);
}

static void read_member(packed_files *files, FILE *stream, const char *header)
{
    size_t size = read_octal(header + SIZE_AT, SIZE_DIGITS);
    size_t padded = (size + BLOCK - 1) / BLOCK * BLOCK;
    char *bytes = gdf__arena_take_bytes(&files->arena, padded);
    packed_file *file = gdf__table_add(&files->files);
    assert_true(bytes && file);
    read_exactly(stream, bytes, padded);
    size_t name_len = gdf__str_find((gdf_str){header, NAME_SIZE}, '\0', 0);
    file->name = gdf__arena_copy(&files->arena, (gdf_str){header, name_len});
    file->text = (gdf_str){bytes, size};
}

static int compare_names(const void *a, const void *b)
{
    return gdf__str_compare(((const packed_file *)a)->name, ((const packed_file *)b)->name);
}

bool packed_files_open(packed_files *files, const char *name)
{
    golden_rows rows;
    gdf__arena_init(&files->arena, &gdf__default_allocator);
    gdf__table_init(&files->files, &gdf__default_allocator, sizeof(packed_file));
    if (!golden_open(&rows, name))
        return false;
    char header[BLOCK];
    while (fread(header, 1, BLOCK, rows.stream) == BLOCK && header[0]) {
        if (header[TYPE_AT] == '0' || header[TYPE_AT] == '\0')
            read_member(files, rows.stream, header);
    }
    while (fread(header, 1, BLOCK, rows.stream) == BLOCK)
        continue;
    golden_close(&rows);
    qsort(files->files.items, files->files.count, sizeof(packed_file), compare_names);
    return true;
}

void packed_files_close(packed_files *files)
{
    gdf__table_free(&files->files);
    gdf__arena_free(&files->arena);
}

bool packed_files_find(const packed_files *files, gdf_str name, gdf_str *text)
{
    packed_file wanted = {.name = name};
    const packed_file *file = bsearch(&wanted, files->files.items, files->files.count,
                                      sizeof(packed_file), compare_names);
    if (file)
        *text = file->text;
    return file != NULL;
}
