/* Names of the enums that have no table of their own. */
#include "base/enum_names.h"

#include <godockerfile/build.h>
#include <godockerfile/copy_sources.h>
#include <godockerfile/expansion.h>
#include <godockerfile/shell.h>

static const char *const EDGE_KINDS[] = {
    [GDF_EDGE_NONE] = "none",
    [GDF_EDGE_BASE] = "base",
    [GDF_EDGE_COPY] = "copy",
    [GDF_EDGE_MOUNT] = "mount",
};

const char *gdf_edge_kind_name(gdf_edge_kind kind)
{
    return gdf__enum_name(GDF__NAMES(EDGE_KINDS), kind);
}

gdf_edge_kind gdf_edge_kind_find(const char *name, size_t len)
{
    return (gdf_edge_kind)gdf__enum_find(GDF__NAMES(EDGE_KINDS), name, len, GDF_EDGE_NONE);
}

static const char *const SOURCE_KINDS[] = {
    [GDF_SOURCE_NONE] = "none",     [GDF_SOURCE_CONTEXT] = "context",
    [GDF_SOURCE_STAGE] = "stage",   [GDF_SOURCE_HEREDOC] = "heredoc",
    [GDF_SOURCE_REMOTE] = "remote", [GDF_SOURCE_UNKNOWN] = "unknown",
};

const char *gdf_source_kind_name(gdf_source_kind kind)
{
    return gdf__enum_name(GDF__NAMES(SOURCE_KINDS), kind);
}

gdf_source_kind gdf_source_kind_find(const char *name, size_t len)
{
    return (gdf_source_kind)gdf__enum_find(GDF__NAMES(SOURCE_KINDS), name, len, GDF_SOURCE_NONE);
}

static const char *const EXPANSION_MODES[] = {
    [GDF_EXPANSION_NONE] = "none",       [GDF_EXPANSION_WORD] = "word",
    [GDF_EXPANSION_WORDS] = "words",     [GDF_EXPANSION_BODY] = "body",
    [GDF_EXPANSION_SHELL] = "shell",     [GDF_EXPANSION_LATER] = "later",
    [GDF_EXPANSION_REFUSED] = "refused",
};

const char *gdf_expansion_mode_name(gdf_expansion_mode mode)
{
    return gdf__enum_name(GDF__NAMES(EXPANSION_MODES), mode);
}

gdf_expansion_mode gdf_expansion_mode_find(const char *name, size_t len)
{
    return (gdf_expansion_mode)gdf__enum_find(GDF__NAMES(EXPANSION_MODES), name, len,
                                              GDF_EXPANSION_NONE);
}

static const char *const VARIABLE_STATES[] = {
    [GDF_VARIABLE_UNSET] = "unset",
    [GDF_VARIABLE_SET] = "set",
    [GDF_VARIABLE_DECLARED] = "declared",
    [GDF_VARIABLE_BASE] = "base",
};

const char *gdf_variable_state_name(gdf_variable_state state)
{
    return gdf__enum_name(GDF__NAMES(VARIABLE_STATES), state);
}

gdf_variable_state gdf_variable_state_find(const char *name, size_t len)
{
    return (gdf_variable_state)gdf__enum_find(GDF__NAMES(VARIABLE_STATES), name, len,
                                              GDF_VARIABLE_UNSET);
}

static const char *const VARIABLE_ORIGINS[] = {
    [GDF_ORIGIN_NONE] = "none",
    [GDF_ORIGIN_ENVIRONMENT] = "environment",
    [GDF_ORIGIN_ARG_DEFAULT] = "arg-default",
    [GDF_ORIGIN_BUILD_ARGUMENT] = "build-argument",
    [GDF_ORIGIN_AUTOMATIC] = "automatic",
    [GDF_ORIGIN_BASE_IMAGE] = "base-image",
};

const char *gdf_variable_origin_name(gdf_variable_origin origin)
{
    return gdf__enum_name(GDF__NAMES(VARIABLE_ORIGINS), origin);
}

gdf_variable_origin gdf_variable_origin_find(const char *name, size_t len)
{
    return (gdf_variable_origin)gdf__enum_find(GDF__NAMES(VARIABLE_ORIGINS), name, len,
                                               GDF_ORIGIN_NONE);
}

static const char *const OPERATORS[] = {
    [GDF_OPERATOR_NONE] = "none", [GDF_OPERATOR_AND] = "and",
    [GDF_OPERATOR_OR] = "or",     [GDF_OPERATOR_SEMICOLON] = "semicolon",
    [GDF_OPERATOR_PIPE] = "pipe", [GDF_OPERATOR_BACKGROUND] = "background",
};

const char *gdf_operator_name(gdf_operator kind)
{
    return gdf__enum_name(GDF__NAMES(OPERATORS), kind);
}

gdf_operator gdf_operator_find(const char *name, size_t len)
{
    return (gdf_operator)gdf__enum_find(GDF__NAMES(OPERATORS), name, len, GDF_OPERATOR_NONE);
}
