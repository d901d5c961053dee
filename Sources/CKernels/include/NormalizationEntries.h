// Layer and batch normalisation.
#pragma once
#include "Multiversion.h"
#include <stdbool.h>

#define ADJ_NORMALIZATION_ENTRIES(S, E)                                                                                \
  MULTIVERSION(adj_layernorm_rows_##S,                                                                                 \
    (long rows, long n, const E *x, const E *weight, const E *bias, E eps, E *y, E *mean, E *rstd),                    \
    rows, n, x, weight, bias, eps, y, mean, rstd)                                                                      \
  MULTIVERSION(adj_layernorm_grad_rows_##S,                                                                            \
    (long rows, long n, const E *g, const E *x, const E *weight, const E *mean, const E *rstd, E *dx, E *dweight,      \
      E *dbias),                                                                                                       \
    rows, n, g, x, weight, mean, rstd, dx, dweight, dbias)                                                             \
  MULTIVERSION(adj_channel_moments_##S,                                                                                \
    (long rows, long n, const E *x, long ld, E *mean, E *m2),                                                          \
    rows, n, x, ld, mean, m2)                                                                                          \
  MULTIVERSION(adj_channel_affine_##S,                                                                                 \
    (long rows, long n, const E *x, long ld, E mean, E scale, E shift, E *y),                                          \
    rows, n, x, ld, mean, scale, shift, y)                                                                             \
  MULTIVERSION(adj_channel_sums_##S,                                                                                   \
    (long rows, long n, const E *g, const E *x, long ld, E mean, E *sums),                                             \
    rows, n, g, x, ld, mean, sums)                                                                                     \
  MULTIVERSION(adj_channel_grad_##S,                                                                                   \
    (long rows, long n, const E *g, const E *x, long ld, E mean, E scale, E slope, E offset, E *dx),                   \
    rows, n, g, x, ld, mean, scale, slope, offset, dx)                                                                 \
  MULTIVERSION(adj_columns_affine_##S,                                                                                 \
    (long n, long width, const E *x, long ld, const E *mean, const E *scale, const E *shift, E *y),                    \
    n, width, x, ld, mean, scale, shift, y)                                                                            \
  MULTIVERSION(adj_columns_sums_##S,                                                                                   \
    (long n, long width, const E *g, const E *x, long ld, const E *mean, E *scratch, E *sums, E *products),            \
    n, width, g, x, ld, mean, scratch, sums, products)                                                                 \
  MULTIVERSION(adj_columns_grad_##S,                                                                                   \
    (long n, long width, const E *g, const E *x, long ld, const E *mean, const E *scale, const E *slope,               \
      const E *offset, E *dx),                                                                                         \
    n, width, g, x, ld, mean, scale, slope, offset, dx)

ADJ_NORMALIZATION_ENTRIES(f32, float)
ADJ_NORMALIZATION_ENTRIES(f64, double)
