/**
 * @file facts.h
 * What the library knows of base images and releases: dated tables, compiled in.
 *
 * The rules use much more of the tables than is shown here; these are the questions that stand by
 * themselves. Say the date when you show an answer.
 */
#ifndef GODOCKERFILE_FACTS_H
#define GODOCKERFILE_FACTS_H

#include <godockerfile/options.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The day the tables were compiled, as "2026-11-23"; static storage. */
GDF_API gdf_str gdf_facts_get_date(void);

/**
 * The day on which support ends for the image of a reference such as "golang:1.22-bookworm": that
 * of its operating system or of its Go release, whichever comes first.
 * @return year * 10000 + month * 100 + day; 0 when the image is not known or no day is set.
 */
GDF_API uint32_t gdf_facts_find_end_of_life(const char *reference, size_t len);

/**
 * A reference to write in place of one whose tag moves, has ended or is no longer rebuilt: the
 * newest supported image of the same family and variant ("golang:alpine" gives
 * "golang:1.27-alpine3.24"). Judged by the day of GDF_OPTION_NOW; `options` may be NULL.
 * @return owned text, empty when there is nothing to suggest: the image is in order, is not known,
 *         holds a variable, or is pinned by a digest. NULL when memory is short.
 *         Free with gdf_text_free().
 */
GDF_API gdf_text *gdf_facts_suggest_reference(const char *reference, size_t len,
                                              const gdf_options *options);

#ifdef __cplusplus
}
#endif

#endif
