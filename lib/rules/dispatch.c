#include "rules/dispatch.h"

#include "rules/builder_checks.h"
#include "rules/hooks.h"

typedef struct instruction_hook {
    gdf__rule_id rule;
    gdf_instruction_kind instruction;
    void (*function)(gdf__check *, gdf_node);
} instruction_hook;

typedef struct stage_hook {
    gdf__rule_id rule;
    void (*function)(gdf__check *, gdf_stage);
} stage_hook;

typedef struct command_hook {
    gdf__rule_id rule;
    void (*function)(gdf__check *, gdf_command);
} command_hook;

typedef struct go_hook {
    gdf__rule_id rule;
    void (*function)(gdf__check *, const gdf__go_command *);
} go_hook;

typedef struct document_hook {
    gdf__rule_id rule;
    void (*function)(gdf__check *);
} document_hook;

/* Every table starts with an empty row, so that none is ever empty. */
#define GDF_ON_INSTRUCTION(rule, instruction, function)
#define GDF_ON_STAGE(rule, function)
#define GDF_ON_COMMAND(rule, function)
#define GDF_ON_GO(rule, function)
#define GDF_ON_DOCUMENT(rule, function)

#undef GDF_ON_INSTRUCTION
#define GDF_ON_INSTRUCTION(rule, instruction, function) \
    {GDF__RULE_##rule, GDF_INSTRUCTION_##instruction, function},
static const instruction_hook INSTRUCTION_HOOKS[] = {
    {GDF__RULE_NONE, GDF_INSTRUCTION_UNKNOWN, NULL},
#include "rules/hooks.def"
};
#undef GDF_ON_INSTRUCTION
#define GDF_ON_INSTRUCTION(rule, instruction, function)

#undef GDF_ON_STAGE
#define GDF_ON_STAGE(rule, function) {GDF__RULE_##rule, function},
static const stage_hook STAGE_HOOKS[] = {
    {GDF__RULE_NONE, NULL},
#include "rules/hooks.def"
};
#undef GDF_ON_STAGE
#define GDF_ON_STAGE(rule, function)

#undef GDF_ON_COMMAND
#define GDF_ON_COMMAND(rule, function) {GDF__RULE_##rule, function},
static const command_hook COMMAND_HOOKS[] = {
    {GDF__RULE_NONE, NULL},
#include "rules/hooks.def"
};
#undef GDF_ON_COMMAND
#define GDF_ON_COMMAND(rule, function)

#undef GDF_ON_GO
#define GDF_ON_GO(rule, function) {GDF__RULE_##rule, function},
static const go_hook GO_HOOKS[] = {
    {GDF__RULE_NONE, NULL},
#include "rules/hooks.def"
};
#undef GDF_ON_GO
#define GDF_ON_GO(rule, function)

#undef GDF_ON_DOCUMENT
#define GDF_ON_DOCUMENT(rule, function) {GDF__RULE_##rule, function},
static const document_hook DOCUMENT_HOOKS[] = {
    {GDF__RULE_NONE, NULL},
#include "rules/hooks.def"
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool is_on(const gdf__check *check, gdf__rule_id rule)
{
    return rule && gdf_ruleset_is_enabled(check->ruleset, rule);
}

enum { KIND_COUNT = GDF_INSTRUCTION_WORKDIR + 1 };

/* Instruction nodes, nested ones included, grouped by instruction, each group in file order. */
typedef struct instruction_index {
    gdf_node *nodes;
    uint32_t first[KIND_COUNT + 1];
} instruction_index;

static bool index_instructions(gdf__check *check, instruction_index *index)
{
    const gdf_document *document = check->document;
    uint32_t fill[KIND_COUNT] = {0};
    size_t size = 0;
    for (gdf_node id = 1; id <= document->nodes.count; id++) {
        const gdf__node *node = gdf__document_node(document, id);
        if (node->kind == GDF_NODE_INSTRUCTION)
            fill[node->instruction]++;
    }
    index->first[0] = 0;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        index->first[kind + 1] = index->first[kind] + fill[kind];
        fill[kind] = index->first[kind];
    }
    if (!gdf__multiply(index->first[KIND_COUNT], sizeof(gdf_node), &size))
        return false;
    index->nodes = gdf__arena_take(check->findings->arena, size);
    for (gdf_node id = 1; index->nodes && id <= document->nodes.count; id++) {
        const gdf__node *node = gdf__document_node(document, id);
        if (node->kind == GDF_NODE_INSTRUCTION)
            index->nodes[fill[node->instruction]++] = id;
    }
    return index->nodes != NULL;
}

static void call_instruction_hooks(gdf__check *check)
{
    instruction_index index;
    if (!index_instructions(check, &index))
        return;
    for (size_t hook = 0; hook < COUNT(INSTRUCTION_HOOKS); hook++) {
        const instruction_hook *row = &INSTRUCTION_HOOKS[hook];
        if (!is_on(check, row->rule))
            continue;
        for (uint32_t i = index.first[row->instruction]; i < index.first[row->instruction + 1]; i++)
            row->function(check, index.nodes[i]);
    }
}

static void call_stage_hooks(gdf__check *check)
{
    uint32_t count = gdf_build_count_stages(check->build);
    for (size_t hook = 0; hook < COUNT(STAGE_HOOKS); hook++) {
        if (!is_on(check, STAGE_HOOKS[hook].rule))
            continue;
        for (gdf_stage stage = 1; stage <= count; stage++)
            STAGE_HOOKS[hook].function(check, stage);
    }
}

static void call_command_hooks(gdf__check *check)
{
    uint32_t count = gdf_build_count_commands(check->build);
    for (size_t hook = 0; hook < COUNT(COMMAND_HOOKS); hook++) {
        if (!is_on(check, COMMAND_HOOKS[hook].rule))
            continue;
        for (gdf_command id = 1; id <= count; id++)
            COMMAND_HOOKS[hook].function(check, id);
    }
}

static void call_go_hooks(gdf__check *check)
{
    uint32_t count = check->golang->commands.count;
    for (size_t hook = 0; hook < COUNT(GO_HOOKS); hook++) {
        if (!is_on(check, GO_HOOKS[hook].rule))
            continue;
        for (uint32_t i = 0; i < count; i++)
            GO_HOOKS[hook].function(check, gdf__golang_command(check->golang, i));
    }
}

static void call_document_hooks(gdf__check *check)
{
    for (size_t hook = 0; hook < COUNT(DOCUMENT_HOOKS); hook++) {
        if (is_on(check, DOCUMENT_HOOKS[hook].rule))
            DOCUMENT_HOOKS[hook].function(check);
    }
}

void gdf__dispatch(gdf__check *check)
{
    gdf__builder_checks(check);
    call_document_hooks(check);
    call_instruction_hooks(check);
    call_stage_hooks(check);
    call_command_hooks(check);
    call_go_hooks(check);
}
