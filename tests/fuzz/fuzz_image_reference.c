/* Any text is an image reference or is refused; its pieces are slices of it, and the builder's
 * answer for a FROM is that of the reference alone. */
#include "base/arena.h"
#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "fuzz/fuzz_support.h"
#include "instruction/image_reference.h"
#include "support/fuzz_target.h"
#include "support/promises.h"

/* Choices: the place of the reference in a file. */
enum { PLACE_BITS = 3 };

static const struct {
    const char *before;
    const char *after;
} PLACES[PLACE_BITS + 1] = {
    {"FROM ", "\n"},
    {"FROM --platform=linux/arm64 ", " AS build\nRUN x\n"},
    {"FROM scratch\nCOPY --from=", " /a /b\n"},
    {"FROM scratch\nRUN --mount=target=/c,from=", " x\n"},
};

/* ---- the pieces ------------------------------------------------------------------------------ */

/* `*at` goes behind the piece. Only `joint` may stand in front of it, and only when it is there. */
static void expect_piece(gdf_str text, size_t *at, gdf_str piece, char joint)
{
    if (piece.len == 0)
        return;
    size_t start = (size_t)(piece.ptr - text.ptr);
    fuzz_demand_that(start >= *at && start + piece.len <= text.len,
                     "the pieces are slices of the text, in order");
    fuzz_demand_that(start == 0 || text.ptr[start - 1] == joint, "a piece stands behind its joint");
    *at = start + piece.len;
}

static void check_pieces(gdf_str text)
{
    gdf__image_reference pieces = gdf__image_reference_split(text);
    size_t at = 0;
    expect_piece(text, &at, pieces.registry, '\0');
    expect_piece(text, &at, pieces.repository, '/');
    expect_piece(text, &at, pieces.tag, ':');
    expect_piece(text, &at, pieces.digest, '@');
    size_t len = pieces.registry.len + pieces.repository.len + pieces.tag.len + pieces.digest.len;
    fuzz_demand_that(len <= text.len, "no byte is in two pieces");
    /* A joint with nothing behind it is in no piece. */
    for (size_t i = at; i < text.len; i++)
        fuzz_demand_that(text.ptr[i] == ':' || text.ptr[i] == '@' || text.ptr[i] == '/',
                         "behind the last piece are joints alone");
}

/* ---- the reference alone --------------------------------------------------------------------- */

static gdf_str check_alone(gdf_str text, gdf__arena *arena)
{
    gdf_str error = gdf__image_reference_check(text, arena);
    if (error.len)
        return error;
    gdf_str full = gdf__image_reference_full(text, arena);
    gdf__image_reference pieces = gdf__image_reference_split(full);
    fuzz_demand_that(gdf__image_reference_check(full, arena).len == 0,
                     "what the builder asks for is a reference");
    fuzz_demand_that(gdf__str_equal(gdf__image_reference_full(full, arena), full),
                     "what the builder asks for is complete");
    fuzz_demand_that(pieces.registry.len && pieces.repository.len,
                     "a complete reference has registry and repository");
    fuzz_demand_that(pieces.tag.len || pieces.digest.len,
                     "a complete reference has a tag or a digest");
    gdf__image_reference own = gdf__image_reference_split(text);
    fuzz_demand_that(gdf__str_equal(own.digest, pieces.digest), "the digest stays as it is");
    fuzz_demand_that(own.tag.len == 0 || gdf__str_equal(own.tag, pieces.tag),
                     "the tag stays as it is");
    return error;
}

/* ---- the reference in a file ----------------------------------------------------------------- */

static void check_part(const gdf_document *document, gdf_part image)
{
    static const gdf_part_kind KINDS[] = {GDF_PART_IMAGE_REGISTRY, GDF_PART_IMAGE_REPOSITORY,
                                          GDF_PART_IMAGE_TAG, GDF_PART_IMAGE_DIGEST};
    gdf__image_reference pieces = gdf__image_reference_split(gdf_part_get_value(document, image));
    const gdf_str values[] = {pieces.registry, pieces.repository, pieces.tag, pieces.digest};
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        gdf_part part = gdf_part_find(document, image, KINDS[i], 0);
        if (part)
            fuzz_demand_that(gdf__str_equal(gdf_part_get_value(document, part), values[i]),
                             "the pieces in the file are those of the reference");
    }
}

static void check_parts(const gdf_document *document)
{
    for (gdf_node node = 1; node <= gdf_document_count_nodes(document); node++) {
        gdf_part image = gdf_instruction_find_part(document, node, GDF_PART_IMAGE, 0);
        if (image)
            check_part(document, image);
    }
}

/* True for a text that stands in a FROM as it is. */
static bool is_plain(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_alnum(text.ptr[i]) &&
            !gdf__str_has_byte(GDF__LITERAL("._-/:@+[]"), text.ptr[i]))
            return false;
    }
    return text.len && !gdf__str_starts(text, "--") && !gdf__str_is(text, "scratch");
}

static void expect_error(const gdf_config *config, gdf_str text, gdf_str error)
{
    gdf__builder expected;
    gdf__builder_init(&expected, &gdf__default_allocator);
    gdf__builder_add_text(&expected, "failed to parse stage name \"");
    gdf__builder_add(&expected, text);
    gdf__builder_add_text(&expected, "\": ");
    gdf__builder_add(&expected, error);
    fuzz_demand_that(gdf__str_equal(gdf_config_get_error(config), gdf__builder_get(&expected)),
                     "the builder refuses the FROM as it refuses the reference");
    gdf__builder_free(&expected);
}

static void check_from(const gdf_config *config, gdf_str text, gdf_str error, gdf__arena *arena)
{
    if (error.len) {
        expect_error(config, text, error);
        return;
    }
    fuzz_demand_that(gdf_config_get_error(config).len == 0, "the builder takes the reference");
    fuzz_demand_that(gdf_config_count_items(config, GDF_CONFIG_IMAGES) == 1 &&
                         gdf__str_equal(gdf_config_get_item(config, GDF_CONFIG_IMAGES, 0),
                                        gdf__image_reference_full(text, arena)),
                     "the builder asks for the complete reference");
}

static void check_file(fuzz_input input, gdf_str error, gdf__arena *arena)
{
    size_t place = input.choices & PLACE_BITS;
    gdf__builder file;
    gdf__builder_init(&file, &gdf__default_allocator);
    gdf__builder_add_text(&file, PLACES[place].before);
    gdf__builder_add(&file, input.text);
    gdf__builder_add_text(&file, PLACES[place].after);
    gdf_str text = gdf__builder_get(&file);
    gdf_document *document = gdf_document_parse(text.ptr, text.len, NULL);
    gdf_build *build = gdf_build_create(document, NULL);
    gdf_config *config = gdf_config_create(build, NULL);
    fuzz_demand_that(config != NULL, "every text has a config");
    fuzz_demand(promises_broken_by_document(document, text));
    fuzz_demand(promises_broken_by_build(build, document));
    check_parts(document);
    if (place == 0 && is_plain(input.text))
        check_from(config, input.text, error, arena);
    gdf_config_free(config);
    gdf_build_free(build);
    gdf_document_free(document);
    gdf__builder_free(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_read(data, size);
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    check_pieces(input.text);
    gdf_str error = check_alone(input.text, &arena);
    check_file(input, error, &arena);
    fuzz_demand_that(!arena.failed, "memory was there");
    gdf__arena_free(&arena);
    return 0;
}
