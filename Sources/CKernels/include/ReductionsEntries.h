// Reductions of rows and columns, and what is built on them.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

#define ADJ_REDUCTIONS_ENTRIES(S, E)                                                                                   \
  MULTIVERSION(adj_reduce_rows_##S,                                                                                    \
    (int op, long rows, long n, const E *x, E *y),                                                                     \
    op, rows, n, x, y)                                                                                                 \
  MULTIVERSION(adj_reduce_columns_##S,                                                                                 \
    (int op, long n, long width, const E *x, long ld, E *y),                                                           \
    op, n, width, x, ld, y)                                                                                            \
  MULTIVERSION(adj_argmax_rows_##S,                                                                                    \
    (long rows, long n, const E *x, int64_t *y),                                                                       \
    rows, n, x, y)                                                                                                     \
  MULTIVERSION(adj_softmax_rows_##S,                                                                                   \
    (bool log, long rows, long n, const E *x, E *y),                                                                   \
    log, rows, n, x, y)                                                                                                \
  MULTIVERSION(adj_softmax_grad_rows_##S,                                                                              \
    (bool log, long rows, long n, const E *g, const E *y, E *dx),                                                      \
    log, rows, n, g, y, dx)

ADJ_REDUCTIONS_ENTRIES(f32, float)
ADJ_REDUCTIONS_ENTRIES(f64, double)
