/* Where a byte stands among 64, as the bits of a word: a scan that stops often (lines are short) is
 * cheaper bit by bit than with a search for every stop. */
#ifndef GDF_BASE_BYTE_MASK_H
#define GDF_BASE_BYTE_MASK_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { GDF__MASK_BYTES = 64 };

/* Bit i is set where bytes[i] is `byte`; all 64 are read. On any machine. */
static inline uint64_t gdf__byte_mask_portable(const char *bytes, char byte)
{
    const uint64_t low_bits = 0x0101010101010101u;
    const uint64_t below_high = 0x7f7f7f7f7f7f7f7fu;
    const uint64_t gather = 0x0102040810204080u; /* brings the low bit of every byte to the top */
    const uint64_t sought = low_bits * (unsigned char)byte;
    uint64_t mask = 0;
    for (unsigned word = 0; word < GDF__MASK_BYTES / 8; word++) {
        uint64_t eight = 0;
        for (unsigned i = 0; i < 8; i++)
            eight |= (uint64_t)(unsigned char)bytes[8 * word + i] << 8 * i;
        uint64_t differs = eight ^ sought;
        uint64_t equals = ~(((differs & below_high) + below_high) | differs | below_high);
        mask |= ((equals >> 7) * gather >> 56) << 8 * word;
    }
    return mask;
}

/* The same, as this machine does it best. */
static inline uint64_t gdf__byte_mask(const char *bytes, char byte)
{
#ifdef __SSE2__
    const __m128i sought = _mm_set1_epi8(byte);
    uint64_t mask = 0;
    for (unsigned at = 0; at < GDF__MASK_BYTES; at += sizeof sought) {
        __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + at));
        unsigned equals = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, sought));
        mask |= (uint64_t)equals << at;
    }
    return mask;
#else
    return gdf__byte_mask_portable(bytes, byte);
#endif
}

/* The lowest bit that is set; `mask` is not 0. */
static inline unsigned gdf__mask_first(uint64_t mask)
{
    return (unsigned)__builtin_ctzll(mask);
}

#endif
