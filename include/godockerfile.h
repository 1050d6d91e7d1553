/**
 * @file godockerfile.h
 * libgodockerfile: parses, validates and rewrites Dockerfiles, with a mind for Go.
 * This header includes all others, in reading order.
 */
#ifndef GODOCKERFILE_H
#define GODOCKERFILE_H

/* In reading order, not by the alphabet. */
/* clang-format off */
#include <godockerfile/base.h>
#include <godockerfile/options.h>

#include <godockerfile/document.h>
#include <godockerfile/instruction.h>
#include <godockerfile/shell.h>
#include <godockerfile/facts.h>
#include <godockerfile/build.h>
#include <godockerfile/config.h>
#include <godockerfile/expansion.h>
#include <godockerfile/project.h>
#include <godockerfile/ignore.h>
#include <godockerfile/copy_sources.h>
#include <godockerfile/edits.h>
#include <godockerfile/rules.h>
#include <godockerfile/report.h>
#include <godockerfile/graph.h>
#include <godockerfile/rewrite.h>
/* clang-format on */

#endif
