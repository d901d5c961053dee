// Transposes, conversions, scattered sums and running sums.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

MULTIVERSION(adj_transpose, (long size, long rows, long columns, const void *x, long ldx, void *y, long ldy), size, rows,
             columns, x, ldx, y, ldy)

MULTIVERSION(adj_copy_rows, (long rows, long bytes, const void *x, long sx, void *y, long sy), rows, bytes, x, sx, y, sy)
MULTIVERSION(adj_cast_f32, (int to, long n, const float *x, void *y), to, n, x, y)
MULTIVERSION(adj_cast_f64, (int to, long n, const double *x, void *y), to, n, x, y)
MULTIVERSION(adj_cast_i32, (int to, long n, const int32_t *x, void *y), to, n, x, y)
MULTIVERSION(adj_cast_i64, (int to, long n, const int64_t *x, void *y), to, n, x, y)
MULTIVERSION(adj_cast_u8, (int to, long n, const uint8_t *x, void *y), to, n, x, y)

#define ADJ_MOVEMENT_ENTRIES(S, E)                                                                                     \
  MULTIVERSION(adj_index_add_##S,                                                                                      \
    (long count, long width, const E *x, const int64_t *index, long ld, E *y),                                         \
    count, width, x, index, ld, y)                                                                                     \
  MULTIVERSION(adj_cumsum_rows_##S,                                                                                    \
    (bool reversed, E carry, long rows, long n, const E *x, E *y),                                                     \
    reversed, carry, rows, n, x, y)                                                                                    \
  MULTIVERSION(adj_cumsum_columns_##S,                                                                                 \
    (bool reversed, long n, long width, const E *x, long ld, E *y),                                                    \
    reversed, n, width, x, ld, y)

ADJ_MOVEMENT_ENTRIES(f32, float)
ADJ_MOVEMENT_ENTRIES(f64, double)
