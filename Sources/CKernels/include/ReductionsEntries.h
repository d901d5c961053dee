// Reductions of rows and columns, and what is built on them. Rows are n elements side by side, `ld` apart; columns are
// `width` lines side by side, of n elements that stand `ld` apart.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

#define ADJ_REDUCTIONS_ENTRIES(S, E)                                                                                   \
  MULTIVERSION(adj_reduce_rows_##S,                                                                                    \
    (int op, long rows, long n, const E *x, long ld, E *y),                                                            \
    op, rows, n, x, ld, y)                                                                                             \
  MULTIVERSION(adj_sum_columns_##S,                                                                                    \
    (long n, long width, const E *x, long ld, E *scratch, E *y),                                                       \
    n, width, x, ld, scratch, y)                                                                                       \
  MULTIVERSION(adj_product_columns_##S,                                                                                \
    (long n, long width, const E *x, long ld, E *scratch, E *y),                                                       \
    n, width, x, ld, scratch, y)                                                                                       \
  MULTIVERSION(adj_maximum_columns_##S,                                                                                \
    (long n, long width, const E *x, long ld, E *scratch, E *y),                                                       \
    n, width, x, ld, scratch, y)                                                                                       \
  MULTIVERSION(adj_minimum_columns_##S,                                                                                \
    (long n, long width, const E *x, long ld, E *scratch, E *y),                                                       \
    n, width, x, ld, scratch, y)                                                                                       \
  MULTIVERSION(adj_moments_rows_##S,                                                                                   \
    (long rows, long n, const E *x, long ld, E *mean, E *m2),                                                          \
    rows, n, x, ld, mean, m2)                                                                                          \
  MULTIVERSION(adj_moments_columns_##S,                                                                                \
    (long n, long width, const E *x, long ld, E *scratch, E *mean, E *m2),                                             \
    n, width, x, ld, scratch, mean, m2)                                                                                \
  MULTIVERSION(adj_argmax_rows_##S,                                                                                    \
    (bool minimum, long rows, long n, const E *x, long ld, int64_t *y),                                                \
    minimum, rows, n, x, ld, y)                                                                                        \
  MULTIVERSION(adj_argmax_columns_##S,                                                                                 \
    (bool minimum, long n, long width, const E *x, long ld, E *best, E *index),                                        \
    minimum, n, width, x, ld, best, index)                                                                             \
  MULTIVERSION(adj_logsumexp_rows_##S,                                                                                   \
    (long rows, long n, const E *x, long ld, E *shifts, E *tails),                                                     \
    rows, n, x, ld, shifts, tails)                                                                                     \
  MULTIVERSION(adj_logsumexp_columns_##S,                                                                              \
    (long n, long width, const E *x, long ld, E *scratch, E *shifts, E *tails),                                        \
    n, width, x, ld, scratch, shifts, tails)                                                                           \
  MULTIVERSION(adj_logsumexp_grad_rows_##S,                                                                            \
    (long rows, long n, const E *x, long ldx, const E *shifts, const E *tails, const E *g, E *dx, long lddx),          \
    rows, n, x, ldx, shifts, tails, g, dx, lddx)                                                                       \
  MULTIVERSION(adj_logsumexp_grad_columns_##S,                                                                         \
    (long n, long width, const E *x, long ldx, const E *shifts, const E *tails, const E *g, E *dx, long lddx),         \
    n, width, x, ldx, shifts, tails, g, dx, lddx)                                                                      \
  MULTIVERSION(adj_softmax_rows_##S,                                                                                   \
    (bool log, long rows, long n, const E *x, long ldx, E *y, long ldy),                                               \
    log, rows, n, x, ldx, y, ldy)                                                                                      \
  MULTIVERSION(adj_softmax_columns_##S,                                                                                \
    (bool log, long n, long width, const E *x, long ldx, E *y, long ldy, E *scratch),                                  \
    log, n, width, x, ldx, y, ldy, scratch)                                                                            \
  MULTIVERSION(adj_softmax_grad_rows_##S,                                                                              \
    (bool log, long rows, long n, const E *g, long ldg, const E *y, long ldy, E *dx, long lddx),                       \
    log, rows, n, g, ldg, y, ldy, dx, lddx)                                                                            \
  MULTIVERSION(adj_softmax_grad_columns_##S,                                                                           \
    (bool log, long n, long width, const E *g, long ldg, const E *y, long ldy, E *dx, long lddx, E *dots),             \
    log, n, width, g, ldg, y, ldy, dx, lddx, dots)

ADJ_REDUCTIONS_ENTRIES(f32, float)
ADJ_REDUCTIONS_ENTRIES(f64, double)
