/*
 * One interface for all languages: the public headers, seen through the typemaps of types.i and
 * of the target language. What comes out is private to the hand-written packages:
 * `godockerfile.capi` in Python, `internal/capi` in Go.
 *
 * A function of the C API keeps its name and its arguments, but for these:
 *  - a text and its length are one argument, a gdf_str is a string of the language;
 *  - enums are plain integers, the languages declare their own from the headers;
 *  - an allocator is not an argument: memory comes from malloc;
 *  - a text is never NULL: where that means something there is a function of its own (below).
 */
%module capi

%{
#include <godockerfile.h>
%}

%include <stdint.i>
%include "types.i"
#if defined(SWIGPYTHON)
%include "python.i"
#elif defined(SWIGGO)
%include "go.i"
#endif

%include <godockerfile/base.h>
%include <godockerfile/options.h>
%include <godockerfile/document.h>
%include <godockerfile/instruction.h>
%include <godockerfile/shell.h>
%include <godockerfile/facts.h>
%include <godockerfile/build.h>
%include <godockerfile/config.h>
%include <godockerfile/expansion.h>
%include <godockerfile/project.h>
%include <godockerfile/ignore.h>
%include <godockerfile/copy_sources.h>
%include <godockerfile/edits.h>
%include <godockerfile/rules.h>
%include <godockerfile/report.h>
%include <godockerfile/graph.h>
%include <godockerfile/rewrite.h>

%inline %{
static gdf_status gdf_edits_set_bare_flag(gdf_edits *edits, gdf_node instruction, const char *name)
{
    return gdf_edits_set_flag(edits, instruction, name, NULL, 0);
}
%}
