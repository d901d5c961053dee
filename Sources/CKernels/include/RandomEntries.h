// Random words and what they are turned into.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

MULTIVERSION(adj_random_words, (uint64_t seed, uint64_t start, long n, uint64_t *y), seed, start, n, y)
MULTIVERSION(adj_random_normals,
  (long n, const uint64_t *words, double *y, int64_t *places, uint64_t *others, double *z), n, words, y, places, others, z)
