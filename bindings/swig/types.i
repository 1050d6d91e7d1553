/* What all languages share: which types are wrapped, and how. */

/* Enumerators come from bindings/swig/generate.py, which reads the same headers. */
%rename("$ignore", %$isenumitem) "";
%rename("$ignore", %$isenum) "";

%ignore gdf_str;
%ignore gdf_allocator;
%ignore GDF_API;
%ignore GDF_VERSION_MAJOR;
%ignore GDF_VERSION_MINOR;
%ignore GDF_VERSION_PATCH;

%apply int {
    gdf_status,
    gdf_option,
    gdf_instruction_kind,
    gdf_node_kind,
    gdf_token_kind,
    gdf_column_unit,
    gdf_dump_format,
    gdf_part_kind,
    gdf_operator,
    gdf_word_role,
    gdf_edge_kind,
    gdf_config_field,
    gdf_expansion_mode,
    gdf_variable_state,
    gdf_variable_origin,
    gdf_source_kind,
    gdf_severity,
    gdf_fix_class,
    gdf_report_format,
    gdf_graph_format
};

%typemap(in, numinputs=0) const gdf_allocator * "$1 = NULL;"

/* Texts with a length: one typemap in each language, under every name the headers give them. */
%define GDF_TEXTS_LIKE(TEXT, LENGTH)
%apply (TEXT, LENGTH) {
    (const char *text, size_t len),
    (const char *name, size_t len),
    (const char *value, size_t len),
    (const char *tag, size_t len),
    (const char *digest, size_t len),
    (const char *path, size_t len),
    (const char *path, size_t path_len),
    (const char *content, size_t content_len),
    (const char *dockerfile, size_t len),
    (const char *reference, size_t len),
    (const char *reference, size_t reference_len)
};
%enddef

/* The roots: opaque, made and freed by functions of their own. */
%define GDF_ROOTS(DO)
DO(options)
DO(document)
DO(build)
DO(config)
DO(expansion)
DO(project)
DO(ignore)
DO(copy_sources)
DO(edits)
DO(ruleset)
DO(report)
DO(rewrite)
%enddef
