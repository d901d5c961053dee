// The arithmetic that the processor can do at most.
#pragma once
#include "Multiversion.h"

#define ADJ_LIMITS_ENTRIES(S, E) \
  MULTIVERSION(adj_limit_muladd_##S, (long n, E *x), n, x)

ADJ_LIMITS_ENTRIES(f32, float)
ADJ_LIMITS_ENTRIES(f64, double)
