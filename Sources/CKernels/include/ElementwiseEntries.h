// Elementwise loops of one, two and three operands.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

#define ADJ_ELEMENTWISE_ENTRIES(S, E)                                                                                  \
  MULTIVERSION(adj_unary_##S,                                                                                          \
    (int op, long n, const E *x, E *y),                                                                                \
    op, n, x, y)                                                                                                       \
  MULTIVERSION(adj_binary_##S,                                                                                         \
    (int op, long n, const E *a, long sa, const E *b, long sb, E *y),                                                  \
    op, n, a, sa, b, sb, y)                                                                                            \
  MULTIVERSION(adj_parametric_##S,                                                                                     \
    (int op, long n, const E *a, const E *b, E p, E q, E *y),                                                          \
    op, n, a, b, p, q, y)                                                                                              \
  MULTIVERSION(adj_compare_##S,                                                                                        \
    (int op, long n, const E *a, long sa, const E *b, long sb, uint8_t *y),                                            \
    op, n, a, sa, b, sb, y)                                                                                            \
  MULTIVERSION(adj_select_##S,                                                                                         \
    (long n, const uint8_t *c, long sc, const E *a, long sa, const E *b, long sb, E *y),                               \
    n, c, sc, a, sa, b, sb, y)                                                                                         \
  MULTIVERSION(adj_muladd_##S,                                                                                         \
    (long n, const E *a, long sa, const E *b, long sb, const E *c, long sc, E *y),                                     \
    n, a, sa, b, sb, c, sc, y)

ADJ_ELEMENTWISE_ENTRIES(f32, float)
ADJ_ELEMENTWISE_ENTRIES(f64, double)
