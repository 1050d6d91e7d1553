#include "base/ascii.h"

enum { S = GDF__ASCII_SPACE, V = GDF__ASCII_VISIBLE, A = GDF__ASCII_VISIBLE | GDF__ASCII_ACTIVE };

/* Sixteen in a row; bytes from 0x80 on are nothing. */
const uint8_t gdf__ascii_classes[UINT8_MAX + 1] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, S, S, S, S, S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    S, V, A, V, V, V, V, A, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V,
    V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, A, V, V, V,
    A, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, V, 0,
};
