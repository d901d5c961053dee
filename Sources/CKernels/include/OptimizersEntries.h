// Fused optimizer steps and their options.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

/// One step of stochastic gradient descent; `first` is true while the momentum buffer is still empty.
typedef struct {
  double lr, momentum, dampening, weight_decay;
  bool nesterov, maximize, first;
} adj_sgd_options;

/// One step of Lion, whose weight decay is decoupled.
typedef struct {
  double lr, beta1, beta2, weight_decay;
  bool maximize;
} adj_lion_options;

/// One step of Rprop: factors of the step sizes, and their limits.
typedef struct {
  double eta_minus, eta_plus, step_min, step_max;
  bool maximize;
} adj_rprop_options;

/// One step of Adam; `decoupled` is AdamW's weight decay. The corrections are 1 − βᵗ.
typedef struct {
  double lr, beta1, beta2, eps, weight_decay, correction1, correction2;
  bool decoupled, amsgrad, maximize;
} adj_adam_options;

/// One step of Adamax; `rate` is lr/(1 − β₁ᵗ).
typedef struct {
  double rate, beta1, beta2, eps, weight_decay;
  bool maximize;
} adj_adamax_options;

/// One step of NAdam; the rates are what multiplies the gradient and the first moment.
typedef struct {
  double lr, beta1, beta2, eps, weight_decay, correction2, gradient_rate, moment_rate;
  bool decoupled, maximize;
} adj_nadam_options;

/// One step of RAdam; `rectification` is 0 while the variance can't be estimated.
typedef struct {
  double lr, beta1, beta2, eps, weight_decay, correction1, correction2, rectification;
  bool decoupled, maximize;
} adj_radam_options;

/// One step of Adagrad; `rate` is the decayed learning rate.
typedef struct {
  double rate, eps, weight_decay;
  bool maximize;
} adj_adagrad_options;

/// One step of Adadelta.
typedef struct {
  double lr, rho, eps, weight_decay;
  bool maximize;
} adj_adadelta_options;

/// One step of RMSprop.
typedef struct {
  double lr, alpha, eps, weight_decay, momentum;
  bool centered, maximize;
} adj_rmsprop_options;

/// n weights, their gradient, and up to three arrays of state, null where a rule has fewer.
#define ADJ_OPTIMIZER_ENTRY(NAME, S, E)                                                                                \
  MULTIVERSION(adj_##NAME##_##S,                                                                                       \
    (long n, const adj_##NAME##_options *o, E *w, const E *g, E *a, E *b, E *c),                                       \
    n, o, w, g, a, b, c)

#define ADJ_OPTIMIZERS_ENTRIES(S, E)                                                                                   \
  ADJ_OPTIMIZER_ENTRY(sgd, S, E)                                                                                       \
  ADJ_OPTIMIZER_ENTRY(lion, S, E)                                                                                      \
  ADJ_OPTIMIZER_ENTRY(rprop, S, E)                                                                                     \
  ADJ_OPTIMIZER_ENTRY(adam, S, E)                                                                                      \
  ADJ_OPTIMIZER_ENTRY(adamax, S, E)                                                                                    \
  ADJ_OPTIMIZER_ENTRY(nadam, S, E)                                                                                     \
  ADJ_OPTIMIZER_ENTRY(radam, S, E)                                                                                     \
  ADJ_OPTIMIZER_ENTRY(adagrad, S, E)                                                                                   \
  ADJ_OPTIMIZER_ENTRY(adadelta, S, E)                                                                                  \
  ADJ_OPTIMIZER_ENTRY(rmsprop, S, E)

ADJ_OPTIMIZERS_ENTRIES(f32, float)
ADJ_OPTIMIZERS_ENTRIES(f64, double)
