/* Fixes of CHK009 and CHK017: arguments that FROM needs in front of the first FROM. */
#include "base/ascii.h"
#include "base/slice.h"
#include "build/work.h"
#include "facts/golang_tags.h"
#include "facts/tags.h"
#include "rules/builder_checks.h"

/* ---- CHK009 ---------------------------------------------------------------------------------- */

/* True for `${NAME:-word}` and `${NAME-word}`. */
static bool has_fallback(gdf_str text, const gdf__word_reference *reference)
{
    size_t at = (size_t)(reference->name.ptr - text.ptr) + reference->name.len;
    at += at < text.len && text.ptr[at] == ':';
    return at < reference->end && text.ptr[at] == '-' && text.ptr[reference->start + 1] == '{';
}

/* The text of the pair when it can stand in front of the first FROM, too. */
static gdf_str pair_text(const gdf_document *document, gdf_part pair)
{
    gdf_str text = gdf__source_slice(&document->source, gdf_part_get_start(document, pair),
                                     gdf_part_get_end(document, pair));
    bool is_plain = !gdf__str_has_byte(text, '$') && !gdf__str_has_byte(text, '\n');
    return is_plain ? text : gdf__empty;
}

void gdf__builder_declare_argument(gdf__builder_walk *walk, gdf_part part,
                                   const gdf__word_reference *reference)
{
    const gdf_document *document = walk->document;
    gdf_str text = reference->name;
    gdf_node from = gdf_stage_get_instruction(walk->build, 1);
    if (!has_fallback(gdf_part_get_value(document, part), reference)) {
        const gdf__builder_name *row = gdf__builder_names_find(&walk->names, text);
        text = row && row->default_pair && !row->defaults_differ
                   ? pair_text(document, row->default_pair)
                   : gdf__empty;
    }
    if (text.len == 0) {
        gdf__note(walk->check, "the file does not say what it holds: declare it by an ARG in front "
                               "of the first FROM");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED,
                                   "Declare the argument in front of the first FROM");
    gdf_str keyword = gdf__edit_keyword(&fix->edits, document, "ARG");
    gdf__fix_end(walk->check,
                 gdf__edit_insert_before(&fix->edits, document, from,
                                         gdf__support_text(walk->check, "%S %S", keyword, text)));
}

/* ---- CHK017 ---------------------------------------------------------------------------------- */

/* `repository:before${NAME}after` */
typedef struct tag_variable {
    gdf_str repository;
    gdf_str name;
    gdf_str before;
    gdf_str after;
} tag_variable;

/* False when the text has another form. */
static bool read_tag_variable(gdf__builder_walk *walk, gdf_str text, tag_variable *tag)
{
    gdf__word_rules rules = {.mode = GDF__WORD_SKIP_UNSET, .escape = walk->document->escape};
    gdf__word_expansion word = gdf__word_expand(&rules, text, walk->arena);
    if (word.status != GDF__WORD_OK || word.references.count != 1)
        return false;
    const gdf__word_reference *reference = &word.references.items[0];
    size_t colon = gdf__str_find(text, ':', 0);
    size_t braces = text.ptr[reference->start + 1] == '{' ? strlen("${}") : strlen("$");
    bool is_plain = reference->end - reference->start == reference->name.len + braces;
    tag->repository = gdf__str_slice(text, 0, colon);
    tag->name = reference->name;
    tag->before = gdf__str_slice(text, colon + 1, reference->start);
    tag->after = gdf__str_slice(text, reference->end, text.len);
    return is_plain && colon < reference->start && !gdf__str_has_byte(tag->before, ':') &&
           !gdf__str_has_byte(tag->after, '@');
}

/* The newest supported Go for which the image has that variant ("" for any), as `1.27`. */
static gdf_str newest_go(gdf__builder_walk *walk, gdf_str variant)
{
    gdf__date now = gdf__support_now(walk->check);
    int32_t oldest = gdf__facts_find_oldest_supported_go_minor(now);
    for (int32_t minor = gdf__facts_find_newest_go_minor(now); minor >= oldest; minor--) {
        if (variant.len == 0 || gdf__facts_find_golang_variant(minor, variant))
            return gdf__support_text(walk->check, "1.%d", (int)minor);
    }
    return gdf__empty;
}

/* True for GO_VERSION and its like, which hold a number and no variant. */
static bool names_version(gdf_str name)
{
    enum { WORD = sizeof "version" - 1 };
    for (size_t at = 0; at + WORD <= name.len; at++) {
        if (gdf__str_is_nocase(gdf__str_slice(name, at, at + WORD), "version"))
            return true;
    }
    return false;
}

/* What the variable may hold, or the empty text. */
static gdf_str find_value(gdf__builder_walk *walk, const tag_variable *tag, gdf_stage stage)
{
    gdf__image_reference image = gdf__image_reference_split(tag->repository);
    gdf_str repository = gdf__facts_join_name(image.registry, image.repository);
    gdf__image_facts facts = gdf__facts_find_image(repository, GDF__LITERAL("?"));
    bool has_variant = gdf__str_starts(tag->after, "-");
    if (tag->before.len || (tag->after.len && !has_variant))
        return gdf__empty;
    bool needs_alpine = facts.family == GDF__IMAGE_GOLANG && !has_variant &&
                        gdf__builder_names_runs_apk(&walk->names, stage);
    if (facts.family == GDF__IMAGE_GOLANG && !needs_alpine &&
        (has_variant || names_version(tag->name)))
        return newest_go(walk, gdf__str_slice(tag->after, has_variant, tag->after.len));
    gdf__image_suggestion suggestion = gdf__facts_suggest_image(
        repository,
        needs_alpine ? GDF__LITERAL("alpine")
                     : gdf__str_slice(tag->after, has_variant, tag->after.len),
        gdf__support_now(walk->check));
    gdf_str text = gdf__support_text(walk->check, "%S", gdf__short_text_get(&suggestion.tag));
    bool fits =
        text.len > tag->after.len &&
        gdf__str_equal(gdf__str_slice(text, text.len - tag->after.len, text.len), tag->after);
    return fits ? gdf__str_slice(text, 0, text.len - tag->after.len) : gdf__empty;
}

/* The ARG that may be given a default for the one image that it is for, or 0. */
static gdf_node find_argument(gdf__builder_walk *walk, gdf_str name)
{
    const gdf__builder_name *row = gdf__builder_names_find(&walk->names, name);
    return row && row->global_count == 1 && !row->images_differ ? row->empty_argument : 0;
}

void gdf__builder_give_default(gdf__builder_walk *walk, gdf_node from)
{
    tag_variable tag = {.name = gdf__empty};
    gdf_str text = gdf_part_get_value(
        walk->document, gdf_instruction_find_part(walk->document, from, GDF_PART_IMAGE, 0));
    gdf_node argument = read_tag_variable(walk, text, &tag) ? find_argument(walk, tag.name) : 0;
    gdf_str value =
        argument ? find_value(walk, &tag, gdf_build_find_stage(walk->build, from)) : gdf__empty;
    if (value.len == 0) {
        gdf__note(walk->check,
                  gdf__str_has_byte(text, '$')
                      ? "which image is meant is not known: give the ARG a default"
                      : "no ARG has a part in it: the builder accepts no image of that name");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(walk->check, "Give %S the default %S (tables of %s)", tag.name,
                                   value, GDF__FACTS_DATE);
    gdf__fix_end(walk->check,
                 gdf__edit_set_pair(&fix->edits, walk->document, argument, tag.name, value));
}
