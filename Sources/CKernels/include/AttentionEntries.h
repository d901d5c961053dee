// Attention on one block of queries and one of keys; scores stand transposed, [key][query].
#pragma once
#include "Multiversion.h"

#define ADJ_ATTENTION_ENTRIES(S, E)                                                                                    \
  MULTIVERSION(adj_attention_wide_##S,                                                                                 \
    (int mode, long m, long n, long k, const E *a, long rs, long ks, const E *b, long ldb, E *c, long ldc,             \
     const E *factors),                                                                                                \
    mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)                                                                 \
  MULTIVERSION(adj_attention_narrow_##S,                                                                               \
    (int mode, long m, long n, long k, const E *a, long rs, long ks, const E *b, long ldb, E *c, long ldc,             \
     const E *factors),                                                                                                \
    mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)                                                                 \
  MULTIVERSION(adj_attention_scale_##S, (long n, E factor, E *x), n, factor, x)                                        \
  MULTIVERSION(adj_attention_softmax_##S,                                                                              \
    (long keys, long width, long diagonal, const E *bias, E *s, E *maximum, E *total, E *factors),                     \
    keys, width, diagonal, bias, s, maximum, total, factors)                                                           \
  MULTIVERSION(adj_attention_finish_##S,                                                                               \
    (long rows, long n, const E *x, long ldx, const E *maximum, const E *total, E *y, long ldy, E *lse),               \
    rows, n, x, ldx, maximum, total, y, ldy, lse)                                                                      \
  MULTIVERSION(adj_attention_delta_##S,                                                                                \
    (long rows, long n, const E *g, long ldg, const E *y, long ldy, E *delta),                                         \
    rows, n, g, ldg, y, ldy, delta)                                                                                    \
  MULTIVERSION(adj_attention_grad_##S,                                                                                 \
    (long keys, long width, long diagonal, E scale, const E *bias, const E *lse, const E *delta, E *s, E *dp,          \
     E *unscaled),                                                                                                     \
    keys, width, diagonal, scale, bias, lse, delta, s, dp, unscaled)

ADJ_ATTENTION_ENTRIES(f32, float)
ADJ_ATTENTION_ENTRIES(f64, double)
