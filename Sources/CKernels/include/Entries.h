// The kernels' C signatures, one a family and type; the bodies are in Sources/Kernels/*.swift under the same names.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

#define ADJ_ENTRIES(S, E)                                                                                              \
  MULTIVERSION(adj_unary_##S, (int op, long n, const E *x, E *y), op, n, x, y)                                         \
  MULTIVERSION(adj_binary_##S, (int op, long n, const E *a, long sa, const E *b, long sb, E *y), op, n, a, sa, b, sb,  \
               y)                                                                                                      \
  MULTIVERSION(adj_compare_##S, (int op, long n, const E *a, long sa, const E *b, long sb, uint8_t *y), op, n, a, sa,  \
               b, sb, y)                                                                                               \
  MULTIVERSION(adj_select_##S, (long n, const uint8_t *c, long sc, const E *a, long sa, const E *b, long sb, E *y), n,  \
               c, sc, a, sa, b, sb, y)                                                                                           \
  MULTIVERSION(adj_muladd_##S, (long n, const E *a, long sa, const E *b, long sb, const E *c, long sc, E *y), n, a,    \
               sa, b, sb, c, sc, y)                                                                                    \
  MULTIVERSION(adj_reduce_rows_##S, (int op, long rows, long n, const E *x, E *y), op, rows, n, x, y)                  \
  MULTIVERSION(adj_reduce_columns_##S, (int op, long n, long width, const E *x, long ld, E *y), op, n, width, x, ld,   \
               y)                                                                                                      \
  MULTIVERSION(adj_argmax_rows_##S, (long rows, long n, const E *x, int64_t *y), rows, n, x, y)                        \
  MULTIVERSION(adj_softmax_rows_##S, (bool log, long rows, long n, const E *x, E *y), log, rows, n, x, y)              \
  MULTIVERSION(adj_softmax_grad_rows_##S, (bool log, long rows, long n, const E *g, const E *y, E *dx), log, rows, n,  \
               g, y, dx)                                                                                               \
  MULTIVERSION(adj_pack_##S,                                                                                           \
               (long tile, long rows, long k, const E *x, long rs, long ks, E *y), tile, rows, k, x, rs, ks, y)        \
  MULTIVERSION(adj_matmul_wide_##S,                                                                                       \
               (long m, long n, long k, const E *a, const E *b, E *c, long ldc, bool add, E *scratch), m, n, k, a, b, c, ldc,  \
               add, scratch)                                                                                           \
  MULTIVERSION(adj_matmul_narrow_##S,                                                                                       \
               (long m, long n, long k, const E *a, const E *b, E *c, long ldc, bool add, E *scratch), m, n, k, a, b, c, ldc,  \
               add, scratch)                                                                                           \
  MULTIVERSION(adj_gemv_rows_##S, (long n, long k, const E *x, long sx, const E *b, long ldb, E *y), n, k, x, sx, b,   \
               ldb, y)                                                                                                 \
  MULTIVERSION(adj_gemv_dots_##S, (long n, long k, const E *x, const E *b, long ldb, E *y), n, k, x, b, ldb, y)        \
  MULTIVERSION(adj_sgd_##S, (long n, const adj_sgd_options *o, E *w, const E *g, E *momentum), n, o, w, g, momentum)   \
  MULTIVERSION(adj_adam_##S, (long n, const adj_adam_options *o, E *w, const E *g, E *m, E *v, E *vmax), n, o, w, g,   \
               m, v, vmax)

/// One step of stochastic gradient descent; `first` is true while the momentum buffer is still empty.
typedef struct {
  double lr, momentum, dampening, weight_decay;
  bool nesterov, maximize, first;
} adj_sgd_options;

/// One step of Adam; `decoupled` is AdamW's weight decay. The corrections are 1 − βᵗ.
typedef struct {
  double lr, beta1, beta2, eps, weight_decay, correction1, correction2;
  bool decoupled, amsgrad, maximize;
} adj_adam_options;

ADJ_ENTRIES(f32, float)
ADJ_ENTRIES(f64, double)
