/**
 * @file base.h
 * What every other header uses: export macro, strings, status codes, allocator, owned text.
 *
 * Conventions of the whole API:
 *  - Names are `gdf_<subject>_<verb>(self, ...)`.
 *  - Roots (document, options, build, project, rule set, report, edits, rewrite, text) are opaque
 *    and freed by their own `_free`, which accepts NULL. Everything inside a root is a small
 *    integer id; 0 means "none". Inner things are never freed.
 *  - Readers take `const` roots, never fail, and give the neutral value (0, empty string) for NULL
 *    or a foreign id. After creation a document, build, rule set and report never change, so any
 *    number of threads may read them at once. There is no global state.
 *  - Offsets are bytes from the start of the input, 0-based; ranges are half open: [start, end).
 *    Lines and columns are 1-based.
 */
#ifndef GODOCKERFILE_BASE_H
#define GODOCKERFILE_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef SWIG
#define GDF_API
#elif defined(GDF_STATIC)
#define GDF_API
#elif defined(_WIN32)
#ifdef GDF_BUILDING
#define GDF_API __declspec(dllexport)
#else
#define GDF_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define GDF_API __attribute__((visibility("default")))
#else
#define GDF_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Version of these headers. Compare with gdf_version() for the version of the linked library. */
#define GDF_VERSION_MAJOR 0
#define GDF_VERSION_MINOR 1
#define GDF_VERSION_PATCH 0
#define GDF_VERSION_STRING "0.1.0"

/** Version of the linked library as "MAJOR.MINOR.PATCH"; static storage. */
GDF_API const char *gdf_version(void);

/**
 * A borrowed run of bytes. Not NUL-terminated; may hold any bytes, NUL and invalid UTF-8 included.
 * Lives as long as the root it came from. `ptr` is never NULL, also when `len` is 0.
 */
typedef struct gdf_str {
    const char *ptr;
    size_t len;
} gdf_str;

/** How an operation ended. Values are stable; new ones are appended. */
typedef enum gdf_status {
    GDF_OK = 0,             /**< done */
    GDF_ERROR_MEMORY = 1,   /**< the allocator returned NULL; nothing was changed */
    GDF_ERROR_ARGUMENT = 2, /**< NULL root, unknown id, or a value outside its documented range */
    GDF_ERROR_CONFLICT = 3, /**< an edit overlaps an earlier one of the same list */
    GDF_ERROR_LIMIT = 4,    /**< a limit of the options was reached */
    GDF_ERROR_IO = 5,       /**< a file or directory could not be read */
    GDF_ERROR_UNKNOWN = 6   /**< no rule, option or profile has that name */
} gdf_status;

/** English text of a status, static storage; "unknown status" for a foreign value. */
GDF_API const char *gdf_status_message(gdf_status status);

/**
 * Where a root gets its memory. All three functions must be set. `allocate` and `reallocate`
 * return NULL on failure (reallocate then leaves the old block as it was); `release` accepts NULL.
 * Functions and context must stay valid while any root created with them lives. They are called
 * only from the thread that calls the creating, changing or freeing function.
 */
typedef struct gdf_allocator {
    void *(*allocate)(void *context, size_t size);
    void *(*reallocate)(void *context, void *block, size_t size);
    void (*release)(void *context, void *block);
    void *context;
} gdf_allocator;

/** An owned run of bytes: the result of an apply, a dump or a report. */
typedef struct gdf_text gdf_text;

/** The bytes; empty for NULL. Borrowed, valid until the text is freed. Followed by a NUL byte. */
GDF_API gdf_str gdf_text_get(const gdf_text *text);

/** Frees the text; NULL is accepted. */
GDF_API void gdf_text_free(gdf_text *text);

#ifdef __cplusplus
}
#endif

#endif
