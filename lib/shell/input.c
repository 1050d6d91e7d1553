#include <string.h>

#include "shell/reader.h"

static void use_segment(gdf__input *input, uint32_t index)
{
    const gdf__fragment *fragment = input->fragment;
    const gdf__segment *segment = &fragment->segments[index];
    uint32_t end =
        index + 1 < fragment->segment_count ? fragment->segments[index + 1].text : UINT32_MAX;
    input->segment = index;
    input->segment_start = segment->text;
    input->segment_len = end - segment->text;
    input->segment_source = segment->source;
}

uint32_t gdf__input_place_slowly(gdf__input *input, uint32_t offset)
{
    while (offset < input->segment_start)
        use_segment(input, input->segment - 1);
    while (offset - input->segment_start >= input->segment_len)
        use_segment(input, input->segment + 1);
    return input->segment_source + (offset - input->segment_start);
}

gdf__input gdf__input_of(const gdf__fragment *fragment, uint32_t start, uint32_t end)
{
    gdf__input input = {.fragment = fragment, .text = fragment->text.ptr, .at = start, .end = end};
    use_segment(&input, 0);
    return input;
}

gdf__input gdf__input_nothing(gdf__input input)
{
    input.at = input.end;
    return input;
}

void gdf__cutter_init(gdf__cutter *cutter, gdf__shell_reader *reader)
{
    cutter->reader = reader;
    gdf__builder_init(&cutter->text, &reader->shell->commands.allocator);
    reader->shell->segments.count = 0;
}

void gdf__cutter_keep(gdf__cutter *cutter, uint32_t start, uint32_t end)
{
    gdf__input *input = &cutter->reader->in;
    gdf__builder_add(&cutter->text, (gdf_str){input->text + start, end - start});
    uint32_t text = (uint32_t)cutter->text.len - (end - start);
    while (!input->whole && start < end) {
        uint32_t source = gdf__input_start(input, start);
        uint32_t left = input->segment_len - (start - input->segment_start);
        uint32_t taken = end - start < left ? end - start : left;
        gdf__segment *segment = gdf__table_add(&cutter->reader->shell->segments);
        if (!segment)
            return;
        *segment = (gdf__segment){.text = text, .source = source};
        text += taken;
        start += taken;
    }
}

/* The fragment lives in the arena, for values of words are slices of it. */
gdf__input gdf__cutter_finish(gdf__cutter *cutter)
{
    gdf__shell_reader *reader = cutter->reader;
    gdf__arena *arena = reader->shell->arena;
    const gdf__table *cuts = &reader->shell->segments;
    uint32_t count = cuts->count ? cuts->count : 1;
    gdf__fragment *fragment = gdf__arena_take(arena, sizeof *fragment);
    gdf__segment *segments = gdf__arena_take(arena, count * sizeof *segments);
    gdf_str text = gdf__builder_to_arena(&cutter->text, arena);
    if (!fragment || !segments || text.len > UINT32_MAX) {
        arena->failed = true;
        return gdf__input_nothing(reader->in);
    }
    segments[0] = (gdf__segment){0, 0};
    if (cuts->count)
        memcpy(segments, cuts->items, cuts->count * sizeof *segments);
    *fragment = (gdf__fragment){text, segments, count};
    gdf__input input = gdf__input_of(fragment, 0, (uint32_t)text.len);
    input.whole = reader->in.whole;
    input.whole_start = reader->in.whole_start;
    input.whole_end = reader->in.whole_end;
    return input;
}
