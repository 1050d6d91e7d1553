/* The passes that fill the Go model, in their order. */
#ifndef GDF_GOLANG_MODEL_H
#define GDF_GOLANG_MODEL_H

#include "golang/golang.h"

/* 1. Facts, toolchain, opaque programs and roles of the stages. */
void gdf__golang_read_stages(gdf__golang *golang);
/* 2. The go commands, with their linkage. */
void gdf__golang_read_commands(gdf__golang *golang);
/* 3. The programs they make and where those are copied. */
void gdf__golang_read_artefacts(gdf__golang *golang);

/* 4. What go.mod tells of the programs. */
void gdf__golang_read_requirements(gdf__golang *golang);

/* Linkage of what a build command makes. */
gdf__linkage gdf__golang_linkage(const gdf__golang *golang, const gdf__go_command *command);

gdf__go_stage *gdf__golang_stage_row(gdf__golang *golang, gdf_stage stage);

#endif
