/* Says what the library makes of a text: the frames and answers of buildkit/main.go, in the same
 * words. live_buildkit.py compares the two. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "conformance/live_lines.h"

enum { HEADER_SIZE = 5, LENGTH_SIZE = 4, BITS_OF_BYTE = 8 };

static uint32_t read_length(const unsigned char *bytes)
{
    uint32_t length = 0;
    for (int i = LENGTH_SIZE; i > 0; i--)
        length = length << BITS_OF_BYTE | bytes[i - 1];
    return length;
}

static bool write_answer(gdf_str text)
{
    unsigned char header[LENGTH_SIZE];
    for (int i = 0; i < LENGTH_SIZE; i++)
        header[i] = (unsigned char)(text.len >> (i * BITS_OF_BYTE));
    return fwrite(header, sizeof header, 1, stdout) == 1 &&
           fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0;
}

static void answer_frame(char kind, gdf_str payload, gdf__builder *out)
{
    switch (kind) {
    case 'B': live_answer_build(payload, out); break;
    case 'D': live_answer_document(payload, out); break;
    case 'W': live_answer_word(payload, out); break;
    case 'I': live_answer_ignore(payload, out); break;
    default: break;
    }
}

/* False at the end of the input, and when anything fails. */
static bool answer_next(gdf__builder *out, int *status)
{
    unsigned char header[HEADER_SIZE];
    size_t taken = fread(header, 1, sizeof header, stdin);
    if (taken == 0)
        return false;
    *status = EXIT_FAILURE;
    if (taken < sizeof header)
        return false;
    gdf_str payload = {NULL, read_length(header + 1)};
    char *bytes = malloc(payload.len + 1);
    payload.ptr = bytes;
    bool ok = bytes && fread(bytes, 1, payload.len, stdin) == payload.len;
    if (ok) {
        gdf__builder_clear(out);
        answer_frame((char)header[0], payload, out);
        ok = !out->failed && write_answer(gdf__builder_get(out));
    }
    free(bytes);
    *status = ok ? EXIT_SUCCESS : EXIT_FAILURE;
    return ok;
}

int main(void)
{
    gdf__builder out;
    gdf__builder_init(&out, &gdf__default_allocator);
    int status = EXIT_SUCCESS;
    while (answer_next(&out, &status))
        continue;
    gdf__builder_free(&out);
    return status;
}
