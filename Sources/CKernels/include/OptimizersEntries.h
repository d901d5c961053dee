// Fused optimizer steps and their options.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

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

#define ADJ_OPTIMIZERS_ENTRIES(S, E)                                                                                   \
  MULTIVERSION(adj_sgd_##S,                                                                                            \
    (long n, const adj_sgd_options *o, E *w, const E *g, E *momentum),                                                 \
    n, o, w, g, momentum)                                                                                              \
  MULTIVERSION(adj_adam_##S,                                                                                           \
    (long n, const adj_adam_options *o, E *w, const E *g, E *m, E *v, E *vmax),                                        \
    n, o, w, g, m, v, vmax)

ADJ_OPTIMIZERS_ENTRIES(f32, float)
ADJ_OPTIMIZERS_ENTRIES(f64, double)
