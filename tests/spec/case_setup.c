#include "case_setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

enum { DECIMAL = 10 };

static bool ensure_project(case_setup *setup)
{
    if (!setup->project)
        setup->project = gdf_project_create(setup->options);
    return setup->project != NULL;
}

/* Indented lines below the option are the file's content. */
static bool add_project_file(case_setup *setup, gdf_str path, gdf_str *left)
{
    gdf__builder content;
    gdf__builder_init(&content, &gdf__default_allocator);
    while (case_starts(*left, "  ")) {
        gdf_str line;
        case_take_line(left, &line);
        gdf__builder_add(&content, gdf__str_slice(line, 2, line.len));
        gdf__builder_add_byte(&content, '\n');
    }
    gdf_str text = gdf__builder_get(&content);
    bool done = ensure_project(setup) && gdf_project_add_file(setup->project, path.ptr, path.len,
                                                              text.ptr, text.len) == GDF_OK;
    gdf__builder_free(&content);
    return done;
}

static bool set_option(case_setup *setup, gdf_str name, gdf_str value)
{
    gdf_option option = gdf_option_find(name.ptr, name.len);
    if (gdf_options_set_text(setup->options, option, value.ptr, value.len) == GDF_OK)
        return true;
    return gdf_options_set_number(setup->options, option, strtoull(value.ptr, NULL, DECIMAL)) ==
           GDF_OK;
}

static bool enable(case_setup *setup, gdf_str code, int enabled)
{
    return gdf_ruleset_enable(setup->ruleset, gdf_rule_find(code.ptr, code.len), enabled) == GDF_OK;
}

/* A word that stands alone. */
static bool read_word(case_setup *setup, gdf_str word)
{
    if (gdf__str_is(word, "safe"))
        setup->safe_only = true;
    else if (gdf__str_is(word, "no-final-line-end"))
        setup->no_final_line_end = true;
    else
        return gdf__str_is(word, "project") && ensure_project(setup);
    return true;
}

static bool read_line(case_setup *setup, gdf_str line, gdf_str *left)
{
    const char *colon = memchr(line.ptr, ':', line.len);
    if (!colon)
        return read_word(setup, line);
    gdf_str name = {line.ptr, (size_t)(colon - line.ptr)};
    gdf_str value = case_rest(line, name.len + 1);
    if (gdf__str_is(name, "profile"))
        return gdf_ruleset_use_profile(setup->ruleset, value.ptr, value.len) == GDF_OK;
    if (gdf__str_is(name, "enable") || gdf__str_is(name, "disable"))
        return enable(setup, value, gdf__str_is(name, "enable"));
    if (gdf__str_is(name, "project-file"))
        return add_project_file(setup, value, left);
    if (gdf__str_is(name, "line-ends"))
        return setup->crlf = gdf__str_is(value, "crlf");
    return set_option(setup, name, value);
}

bool case_setup_read(case_setup *setup, gdf_str text)
{
    *setup = (case_setup){.options = gdf_options_create(NULL)};
    setup->ruleset = gdf_ruleset_create(setup->options);
    gdf_str line;
    while (case_take_line(&text, &line)) {
        gdf_str option = case_rest(line, 0);
        if (option.len && !read_line(setup, option, &text)) {
            (void)fprintf(stderr, "bad option: %.*s\n", (int)option.len, option.ptr);
            return false;
        }
    }
    return true;
}

void case_setup_free(case_setup *setup)
{
    gdf_project_free(setup->project);
    gdf_ruleset_free(setup->ruleset);
    gdf_options_free(setup->options);
}

void case_setup_add_text(const case_setup *setup, gdf_str text, gdf__builder *out)
{
    if (setup->no_final_line_end && gdf__str_ends(text, "\n"))
        text.len--;
    for (size_t i = 0; i < text.len; i++) {
        if (setup->crlf && text.ptr[i] == '\n')
            gdf__builder_add_byte(out, '\r');
        gdf__builder_add_byte(out, text.ptr[i]);
    }
}
