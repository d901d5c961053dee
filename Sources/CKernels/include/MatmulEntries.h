// Packing, the register tiles, and products with a vector.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

#define ADJ_MATMUL_ENTRIES(S, E)                                                                                       \
  MULTIVERSION(adj_pack_##S,                                                                                           \
    (long tile, long rows, long k, const E *x, long rs, long ks, E *y),                                                \
    tile, rows, k, x, rs, ks, y)                                                                                       \
  MULTIVERSION(adj_matmul_wide_##S,                                                                                    \
    (long m, long n, long k, const E *a, const E *b, E *c, long ldc, bool add, E *scratch),                            \
    m, n, k, a, b, c, ldc, add, scratch)                                                                               \
  MULTIVERSION(adj_matmul_narrow_##S,                                                                                  \
    (long m, long n, long k, const E *a, const E *b, E *c, long ldc, bool add, E *scratch),                            \
    m, n, k, a, b, c, ldc, add, scratch)                                                                               \
  MULTIVERSION(adj_gemv_rows_##S,                                                                                      \
    (long n, long k, const E *x, long sx, const E *b, long ldb, E *y),                                                 \
    n, k, x, sx, b, ldb, y)                                                                                            \
  MULTIVERSION(adj_gemv_dots_##S,                                                                                      \
    (long n, long k, const E *x, const E *b, long ldb, E *y),                                                          \
    n, k, x, b, ldb, y)

ADJ_MATMUL_ENTRIES(f32, float)
ADJ_MATMUL_ENTRIES(f64, double)
