// The elementwise part of a recurrent network's step, for rows of n hidden features.
#pragma once
#include "Multiversion.h"

#define ADJ_RECURRENCE_ENTRIES(S, E)                                                                                   \
  MULTIVERSION(adj_lstm_step_##S,                                                                                      \
    (long rows, long n, const E *x, const E *product, const E *c, E *saved, E *h, E *next),                            \
    rows, n, x, product, c, saved, h, next)                                                                            \
  MULTIVERSION(adj_lstm_step_grad_##S,                                                                                 \
    (long rows, long n, const E *gh, const E *gc, const E *saved, const E *c, E *gates, E *previous),                  \
    rows, n, gh, gc, saved, c, gates, previous)                                                                        \
  MULTIVERSION(adj_gru_step_##S,                                                                                       \
    (long rows, long n, const E *x, const E *product, const E *h, E *saved, E *next),                                  \
    rows, n, x, product, h, saved, next)                                                                               \
  MULTIVERSION(adj_gru_step_grad_##S,                                                                                  \
    (long rows, long n, const E *g, const E *saved, const E *h, E *x, E *product, E *previous),                        \
    rows, n, g, saved, h, x, product, previous)

ADJ_RECURRENCE_ENTRIES(f32, float)
ADJ_RECURRENCE_ENTRIES(f64, double)
