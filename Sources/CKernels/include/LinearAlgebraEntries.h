// The vector steps of factorisations. Spectral ones compute in double precision only.
#pragma once
#include "Multiversion.h"

#define ADJ_LINEAR_ALGEBRA_ENTRIES(S, E)                                        \
  MULTIVERSION(adj_axpy_##S, (long n, E a, const E *x, E *y), n, a, x, y)       \
  MULTIVERSION(adj_dot_##S, (long n, const E *x, const E *y, E *sum), n, x, y, sum)

ADJ_LINEAR_ALGEBRA_ENTRIES(f32, float)
ADJ_LINEAR_ALGEBRA_ENTRIES(f64, double)

MULTIVERSION(adj_rotate_f64, (long n, double c, double s, double *x, double *y), n, c, s, x, y)
MULTIVERSION(adj_gram_f64, (long n, const double *x, const double *y, double *sums), n, x, y, sums)
