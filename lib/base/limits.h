/* Fixed limits of the library, each with its reason. Limits that a caller may choose are options.
 */
#ifndef GDF_BASE_LIMITS_H
#define GDF_BASE_LIMITS_H

/* The builder reads lines with a 64 KiB buffer: the longest line without its line end. */
#define GDF__BUILDER_MAX_LINE 65535u

#endif
