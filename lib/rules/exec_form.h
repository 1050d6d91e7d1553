/* A command in shell form, written as a JSON array. */
#ifndef GDF_RULES_EXEC_FORM_H
#define GDF_RULES_EXEC_FORM_H

#include "rules/support.h"

typedef struct gdf__exec_form {
    gdf_str array;        /* the JSON text; empty when there is none that means the same */
    bool is_plain;        /* the words themselves; else a shell with -c */
    gdf__edit_range text; /* of the shell text */
} gdf__exec_form;

/* The exec form of a CMD or ENTRYPOINT in shell form. */
gdf__exec_form gdf__exec_form_of(gdf__check *check, gdf_node node);

/* True when the last command of the shell text is a simple command that the text ends with and that
 * a shell could hand its process to. */
bool gdf__exec_form_ends_simple(const gdf__check *check, gdf_node node);

/* Adds the fix that writes it, when there is one: of `plain_class` when the words stay as they are,
 * suggested otherwise. `plain_only`: the image has no shell. */
void gdf__exec_form_fix(gdf__check *check, gdf_node node, gdf_fix_class plain_class,
                        bool plain_only);

#endif
