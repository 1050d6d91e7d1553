#include "support/test_level.h"

#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#endif
#ifndef IS_SANITIZED
#define IS_SANITIZED 0
#endif

bool test_level_is_full(void)
{
    const char *level = getenv("GDF_TEST_LEVEL");
    return level && strcmp(level, "full") == 0;
}

unsigned test_level_stride(unsigned plain, unsigned sanitized)
{
    if (test_level_is_full())
        return 1;
    return IS_SANITIZED ? sanitized : plain;
}
