/*
 * Go: a root is an address (uintptr), texts are strings that are copied by the Go side while the
 * root is held, a status is an int. The hand-written package gives them types and a life time.
 */

%insert(cgo_comment_typedefs) %{
#include <stddef.h>
%}

%go_import("strings")

/* ---- Texts ---- */

%typemap(gotype) (const char *TEXT, size_t LENGTH) "string"
%typemap(in) (const char *TEXT, size_t LENGTH) %{
    $1 = ($1_ltype)($input.p ? $input.p : ""); /* an empty text is not "no text" */
    $2 = ($2_ltype)$input.n;
%}
GDF_TEXTS_LIKE(const char *TEXT, size_t LENGTH)

/* A name without a length: the Go side ends the string with a NUL. */
%typemap(in) const char * %{ $1 = ($1_ltype)$input.p; %}
%typemap(freearg) const char * ""

/* The string that comes out of C is borrowed; Go takes a copy of it. */
%typemap(gotype) gdf_str "string"
%typemap(out) gdf_str %{
    $result.p = (char *)$1.ptr;
    $result.n = (intgo)$1.len;
%}
%typemap(goout) gdf_str %{ $result = strings.Clone($1) %}
%typemap(out) const char * %{
    $result.p = (char *)$1;
    $result.n = (intgo)strlen($1);
%}
%typemap(goout) const char * %{ $result = strings.Clone($1) %}

/* ---- Numbers ---- */

%typemap(gotype) uint32_t, gdf_node, gdf_part, gdf_stage, gdf_command, gdf_word, gdf_rule,
                 gdf_finding, gdf_fix "uint32"
%typemap(gotype) uint64_t "uint64"

/* ---- Roots ---- */

%define GDF_ADDRESS(type)
%typemap(gotype) type *, const type * "uintptr"
%typemap(in) type *, const type * %{ $1 = ($1_ltype)$input; %}
%typemap(out) type *, const type * %{ $result = ($1_ltype)$1; %}
%enddef
%define GDF_ROOT(subject)
GDF_ADDRESS(gdf_ ## subject)
%enddef
GDF_ROOTS(GDF_ROOT)
GDF_ADDRESS(gdf_text)
