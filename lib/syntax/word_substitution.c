#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/word_lexer.h"

/* ---- pieces ---------------------------------------------------------------------------------- */

/* The byte at the reading place, 0 at the end. */
static char peek(const gdf__word_lexer *lexer)
{
    return lexer->at < lexer->text.len ? lexer->text.ptr[lexer->at] : '\0';
}

static bool at_end(const gdf__word_lexer *lexer)
{
    return lexer->at == lexer->text.len;
}

/* Adds bytes that do not come from the text itself: they count against the limit. */
static void add_value(gdf__word_lexer *lexer, gdf_str value)
{
    if (value.len > lexer->rules->limit - lexer->produced) {
        lexer->status = GDF__WORD_LIMIT;
        return;
    }
    lexer->produced += value.len;
    gdf__builder_add(&lexer->output, value);
}

static void replace_from(gdf__word_lexer *lexer, size_t start, gdf_str value)
{
    lexer->output.len = start;
    add_value(lexer, value);
}

static void refuse_modifier(gdf__word_lexer *lexer, gdf_str modifier)
{
    gdf__lexer_refuse(lexer, "unsupported modifier (");
    gdf__lexer_add_valid(&lexer->message, modifier);
    if (modifier.len == 0)
        gdf__builder_add_text(&lexer->message, "\xef\xbf\xbd");
    gdf__builder_add_text(&lexer->message, ") in substitution");
}

/* ---- names ----------------------------------------------------------------------------------- */

static bool is_special_parameter(char c)
{
    return gdf__str_has_byte(GDF__LITERAL("@*#?-$!"), c);
}

static size_t digits_length(gdf_str text, size_t at)
{
    size_t end = at;
    for (;;) {
        gdf__rune rune = gdf__utf8_decode(text, end);
        if (!gdf__utf8_is_digit(rune.value))
            return end - at;
        end += rune.len;
    }
}

static size_t letters_length(gdf_str text, size_t at)
{
    size_t end = at;
    for (;;) {
        gdf__rune rune = gdf__utf8_decode(text, end);
        if (!gdf__utf8_is_letter(rune.value) && !gdf__utf8_is_digit(rune.value) &&
            rune.value != '_')
            return end - at;
        end += rune.len;
    }
}

/* Reads a name: a run of digits, one special parameter, or letters, digits and underscores. */
static gdf_str read_name(gdf__word_lexer *lexer)
{
    size_t start = lexer->at;
    size_t len = digits_length(lexer->text, start);
    if (len == 0)
        len = is_special_parameter(peek(lexer)) ? 1 : letters_length(lexer->text, start);
    lexer->at += len;
    return gdf__str_slice(lexer->text, start, lexer->at);
}

/* Looks the variable up and records the reference whose `$` is at `start`. */
static bool look_up(gdf__word_lexer *lexer, gdf_str name, size_t start, gdf_str *value)
{
    const gdf__word_environment *environment = &lexer->rules->environment;
    *value = gdf__empty;
    bool is_set = environment->find && environment->find(environment->context, name, value);
    gdf__word_reference *reference = gdf__table_add(&lexer->references);
    if (reference)
        *reference = (gdf__word_reference){
            .name = name, .start = start, .end = lexer->at, .is_set = is_set, .is_evaluated = true};
    return is_set;
}

/* The end of a reference is known when it is evaluated. */
static void set_evaluated(gdf__word_lexer *lexer, uint32_t number, bool is_evaluated)
{
    if (number == 0)
        return;
    gdf__word_reference *reference = GDF__AT(lexer->references, gdf__word_reference, number - 1);
    reference->is_evaluated = is_evaluated;
    reference->end = lexer->at;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Adds the value, or the reference as written when it is unset and such ones stay. */
static void add_plain_reference(gdf__word_lexer *lexer, gdf_str name, size_t start)
{
    gdf_str value;
    bool is_set = look_up(lexer, name, start, &value);
    if (is_set || !(lexer->rules->mode & GDF__WORD_SKIP_UNSET))
        add_value(lexer, value);
    else
        gdf__builder_add(&lexer->output, gdf__str_slice(lexer->text, start, lexer->at));
}

static bool has_operand(gdf_str modifier)
{
    return modifier.len > 0 && gdf__str_has_byte(GDF__LITERAL(":+-?#%/"), modifier.ptr[0]);
}

/* `:#` and `:%` are refused before their pattern is read. */
static bool is_refused_early(gdf_str modifier)
{
    return !has_operand(modifier) ||
           (modifier.len == 2 && (modifier.ptr[1] == '#' || modifier.ptr[1] == '%'));
}

static bool takes_pattern(gdf_str modifier)
{
    char first = modifier.ptr[0];
    return first == '#' || first == '%' || first == '/';
}

/* Reads one rune, and the one behind it when the first is `:`. */
static gdf_str read_modifier(gdf__word_lexer *lexer)
{
    size_t start = lexer->at;
    bool is_pair = peek(lexer) == ':';
    lexer->at += gdf__utf8_decode(lexer->text, lexer->at).len;
    if (is_pair)
        lexer->at += gdf__utf8_decode(lexer->text, lexer->at).len;
    return gdf__str_slice(lexer->text, start, lexer->at);
}

static void open_operand(gdf__word_lexer *lexer, gdf_str name, gdf_str modifier, size_t start)
{
    bool is_replacing = modifier.ptr[0] == '/';
    gdf_str value;
    bool is_set = look_up(lexer, name, start, &value);
    bool is_echoed = !is_set && (lexer->rules->mode & GDF__WORD_SKIP_UNSET);
    if (is_echoed) {
        gdf__builder_add_text(&lexer->output, "${");
        gdf__builder_add(&lexer->output, name);
        gdf__lexer_add_valid(&lexer->output, modifier);
    }
    gdf__word_frame *frame =
        gdf__lexer_open(lexer, is_replacing ? GDF__FRAME_PATTERN : GDF__FRAME_OPERAND);
    if (!frame)
        return;
    frame->is_set = is_set;
    frame->is_echoed = is_echoed;
    frame->reference = lexer->references.count;
    set_evaluated(lexer, frame->reference, false);
    frame->name = name;
    frame->value = value;
    frame->modifier = modifier;
    frame->replaces_all = is_replacing && peek(lexer) == '/';
    lexer->at += frame->replaces_all;
    lexer->raw_escapes = takes_pattern(modifier);
    if (lexer->splits)
        gdf__splitter_drop_word(&lexer->splitter);
}

static void read_braced(gdf__word_lexer *lexer, size_t start)
{
    if (at_end(lexer)) {
        gdf__lexer_refuse(lexer, "syntax error: missing '}'");
        return;
    }
    char next = peek(lexer);
    if (next == '{' || next == '}' || next == ':') {
        gdf__lexer_refuse(lexer, "syntax error: bad substitution");
        return;
    }
    gdf_str name = read_name(lexer);
    if (peek(lexer) == '}') {
        lexer->at++;
        add_plain_reference(lexer, name, start);
        return;
    }
    gdf_str modifier = read_modifier(lexer);
    if (is_refused_early(modifier))
        refuse_modifier(lexer, modifier);
    else
        open_operand(lexer, name, modifier, start);
}

void gdf__lexer_read_reference(gdf__word_lexer *lexer)
{
    size_t start = lexer->at++;
    if (peek(lexer) == '{') {
        lexer->at++;
        read_braced(lexer, start);
        return;
    }
    gdf_str name = read_name(lexer);
    if (name.len == 0)
        gdf__builder_add_byte(&lexer->output, '$');
    else
        add_plain_reference(lexer, name, start);
}

/* ---- evaluating patterns --------------------------------------------------------------------- */

static void add_rune(gdf__builder *builder, uint32_t rune)
{
    char bytes[4];
    gdf__builder_add(builder, (gdf_str){bytes, gdf__utf8_encode(rune, bytes)});
}

/* Reads the pattern; false when it is refused. The message shows a reversed pattern reversed. */
static bool compile(gdf__word_lexer *lexer, gdf_str pattern, bool reversed)
{
    gdf__matcher *matcher = &lexer->matcher;
    if (gdf__matcher_compile(matcher, pattern, reversed))
        return true;
    gdf__lexer_refuse(lexer, "invalid pattern (");
    if (!reversed)
        gdf__builder_add(&lexer->message, pattern);
    for (uint32_t i = 0; reversed && i < matcher->runes.count; i++)
        add_rune(&lexer->message, *GDF__AT(matcher->runes, uint32_t, i));
    gdf__builder_add_text(&lexer->message, ") in substitution: invalid escape '\\");
    add_rune(&lexer->message, matcher->bad_escape);
    gdf__builder_add_byte(&lexer->message, '\'');
    return false;
}

/* The offset `count` runes behind `at`. */
static size_t skip_runes(gdf_str text, size_t at, uint32_t count)
{
    for (; count > 0; count--)
        at += gdf__utf8_decode(text, at).len;
    return at;
}

static bool limit_hit(gdf__word_lexer *lexer)
{
    if (lexer->matcher.exhausted)
        lexer->status = GDF__WORD_LIMIT;
    return lexer->status == GDF__WORD_LIMIT;
}

static void trim_value(gdf__word_lexer *lexer, const gdf__word_frame *frame)
{
    gdf_str pattern =
        gdf__str_slice(gdf__builder_get(&lexer->output), frame->start, lexer->output.len);
    char side = frame->modifier.ptr[0];
    bool is_longest = pattern.len > 0 && pattern.ptr[0] == side;
    bool is_suffix = side == '%';
    if (!compile(lexer, gdf__str_slice(pattern, is_longest, pattern.len), is_suffix))
        return;
    gdf__matcher *matcher = &lexer->matcher;
    uint32_t cut = 0;
    gdf__matcher_load(matcher, frame->value, is_suffix);
    if (!gdf__matcher_prefix(matcher, is_longest, &cut))
        cut = 0;
    if (limit_hit(lexer))
        return;
    if (!is_suffix) {
        size_t start = skip_runes(frame->value, 0, cut);
        replace_from(lexer, frame->start, gdf__str_slice(frame->value, start, frame->value.len));
        return;
    }
    gdf__builder_clear(&lexer->scratch);
    gdf__lexer_add_valid(
        &lexer->scratch,
        gdf__str_slice(frame->value, 0, skip_runes(frame->value, 0, matcher->subject.count - cut)));
    replace_from(lexer, frame->start, gdf__builder_get(&lexer->scratch));
}

/* ---- replacing ------------------------------------------------------------------------------- */

/* Reads the name of a `$name` or `${name}` in a template, `at` behind the `$`. Returns the offset
 * behind it, or `at` when there is none. */
static size_t template_name(gdf_str text, size_t at, gdf_str *name)
{
    bool has_brace = at < text.len && text.ptr[at] == '{';
    size_t start = at + has_brace;
    size_t end = start + letters_length(text, start);
    *name = gdf__str_slice(text, start, end);
    if (end == start || (has_brace && (end == text.len || text.ptr[end] != '}')))
        return at;
    return end + has_brace;
}

/* Adds the template as a Go regular expression without groups would: `$$` is a `$`, `$0` the match,
 * any other reference nothing, and a `$` before something else itself. */
static void add_template(gdf__word_lexer *lexer, gdf_str text, gdf_str match)
{
    gdf__matcher_charge(&lexer->matcher, text.len);
    for (size_t at = 0; at < text.len && lexer->status == GDF__WORD_OK;) {
        size_t dollar = gdf__str_find(text, '$', at);
        add_value(lexer, gdf__str_slice(text, at, dollar));
        if (dollar == text.len)
            return;
        at = dollar + 1;
        gdf_str name;
        size_t end = template_name(text, at, &name);
        if (end != at) {
            if (gdf__str_is(name, "0"))
                add_value(lexer, match);
            at = end;
            continue;
        }
        add_value(lexer, GDF__LITERAL("$"));
        at += at < text.len && text.ptr[at] == '$';
    }
}

/* Puts the template in place of all matches. An empty match right behind another match does not
 * count. */
static void replace_all(gdf__word_lexer *lexer, gdf_str value, gdf_str template)
{
    gdf__matcher *matcher = &lexer->matcher;
    gdf__match match;
    uint32_t from = 0;
    uint32_t last_end = 0;
    size_t rest = 0;
    while (from <= matcher->subject.count && !limit_hit(lexer) &&
           gdf__matcher_find(matcher, from, &match)) {
        size_t hit = skip_runes(value, rest, match.start - last_end);
        size_t hit_end = skip_runes(value, hit, match.end - match.start);
        add_value(lexer, gdf__str_slice(value, rest, hit));
        if (match.end > last_end || match.start == 0)
            add_template(lexer, template, gdf__str_slice(value, hit, hit_end));
        rest = hit_end;
        last_end = match.end;
        from = match.end > from ? match.end : from + 1;
    }
    add_value(lexer, gdf__str_slice(value, rest, value.len));
}

static void replace_first(gdf__word_lexer *lexer, gdf_str value, gdf_str replacement)
{
    gdf__match match;
    if (!gdf__matcher_find(&lexer->matcher, 0, &match)) {
        add_value(lexer, value);
        return;
    }
    size_t start = skip_runes(value, 0, match.start);
    size_t end = skip_runes(value, start, match.end - match.start);
    add_value(lexer, gdf__str_slice(value, 0, start));
    add_value(lexer, replacement);
    add_value(lexer, gdf__str_slice(value, end, value.len));
}

static void replace_in_value(gdf__word_lexer *lexer, const gdf__word_frame *frame)
{
    gdf_str output = gdf__builder_get(&lexer->output);
    if (!compile(lexer, gdf__str_slice(output, frame->start, frame->replacement), false))
        return;
    gdf__builder_clear(&lexer->scratch);
    gdf__builder_add(&lexer->scratch, gdf__str_slice(output, frame->replacement, output.len));
    lexer->output.len = frame->start;
    gdf__matcher_load(&lexer->matcher, frame->value, false);
    gdf_str replacement = gdf__builder_get(&lexer->scratch);
    if (frame->replaces_all)
        replace_all(lexer, frame->value, replacement);
    else
        replace_first(lexer, frame->value, replacement);
    limit_hit(lexer);
}

/* ---- evaluating ------------------------------------------------------------------------------ */

/* `${name?message}` of a variable that has no value. */
static void refuse_missing(gdf__word_lexer *lexer, const gdf__word_frame *frame)
{
    gdf_str message =
        gdf__str_slice(gdf__builder_get(&lexer->output), frame->start, lexer->output.len);
    gdf__lexer_refuse(lexer, "");
    gdf__builder_add(&lexer->message, frame->name);
    gdf__builder_add_text(&lexer->message, ": ");
    gdf__builder_add(&lexer->message, message);
    if (message.len == 0)
        gdf__builder_add_text(&lexer->message, frame->is_set ? "is not allowed to be empty"
                                                             : "is not allowed to be unset");
}

static void evaluate_operand(gdf__word_lexer *lexer, const gdf__word_frame *frame)
{
    bool has_colon = frame->modifier.len > 1 && frame->modifier.ptr[0] == ':';
    bool has_value = frame->is_set && !(has_colon && frame->value.len == 0);
    switch (frame->modifier.ptr[has_colon]) {
    case '-':
        if (has_value)
            replace_from(lexer, frame->start, frame->value);
        break;
    case '+':
        if (!has_value)
            replace_from(lexer, frame->start, gdf__empty);
        break;
    case '?':
        if (has_value)
            replace_from(lexer, frame->start, frame->value);
        else
            refuse_missing(lexer, frame);
        break;
    case '#':
    case '%': trim_value(lexer, frame); break;
    default: refuse_modifier(lexer, frame->modifier); break;
    }
}

static void start_replacement(gdf__word_lexer *lexer, gdf__word_frame *frame)
{
    if (frame->is_echoed)
        gdf__builder_add_byte(&lexer->output, '/');
    frame->kind = GDF__FRAME_REPLACEMENT;
    frame->replacement = lexer->output.len;
    lexer->raw_escapes = true;
}

void gdf__lexer_close_reference(gdf__word_lexer *lexer)
{
    gdf__word_frame *frame = gdf__lexer_top(lexer);
    if (frame->kind == GDF__FRAME_PATTERN) {
        start_replacement(lexer, frame);
        return;
    }
    set_evaluated(lexer, frame->reference, true);
    if (frame->is_echoed)
        gdf__builder_add_byte(&lexer->output, '}');
    else if (frame->kind == GDF__FRAME_REPLACEMENT)
        replace_in_value(lexer, frame);
    else
        evaluate_operand(lexer, frame);
    gdf__lexer_pop(lexer);
}
