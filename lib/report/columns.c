#include "report/columns.h"

#include "base/utf8.h"

enum { BYTES_PER_MARK = 512 };

/* The first character boundary at or behind a multiple of BYTES_PER_MARK. */
typedef struct mark {
    uint32_t offset;
    uint32_t count; /* code points in front of it */
} mark;

bool gdf__columns_init(gdf__columns *columns, const gdf__source *source,
                       const gdf_allocator *allocator)
{
    *columns = (gdf__columns){.source = source};
    gdf__table_init(&columns->marks, allocator, sizeof(mark));
    gdf__table_reserve(&columns->marks, source->len / BYTES_PER_MARK + 1);
    gdf_str text = gdf__source_text(source);
    mark here = {0, 0};
    for (;;) {
        if (here.offset / BYTES_PER_MARK >= columns->marks.count) {
            mark *next = gdf__table_add(&columns->marks);
            if (!next)
                return false;
            *next = here;
        }
        if (here.offset >= source->len)
            return true;
        here.offset += gdf__utf8_decode(text, here.offset).len;
        here.count++;
    }
}

void gdf__columns_free(gdf__columns *columns)
{
    gdf__table_free(&columns->marks);
}

/* Number of characters that end at or before `offset`. */
static uint32_t count_before(const gdf__columns *columns, uint32_t offset)
{
    const mark *marks = GDF__AT(columns->marks, mark, 0);
    uint32_t index = offset / BYTES_PER_MARK;
    if (marks[index].offset > offset)
        index--;
    mark here = marks[index];
    gdf_str text = gdf__source_text(columns->source);
    while (here.offset < offset) {
        here.offset += gdf__utf8_decode(text, here.offset).len;
        if (here.offset > offset)
            break;
        here.count++;
    }
    return here.count;
}

gdf__place gdf__columns_find(const gdf__columns *columns, uint32_t offset)
{
    if (offset > columns->source->len)
        offset = columns->source->len;
    uint32_t line = gdf__source_line_at(columns->source, offset);
    uint32_t start = gdf__source_line_start(columns->source, line);
    return (gdf__place){line, count_before(columns, offset) - count_before(columns, start) + 1};
}
