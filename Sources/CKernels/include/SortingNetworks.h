// Sorting by AVX-512: networks and partitions of whole vectors of unsigned keys. None of it is compiled for another level,
// so nothing here may be inlined into a body in Swift; call `sort_vectors` and `split` where the level has been looked at.
#pragma once
#include "Multiversion.h"
#include "Vectors.h"

#if defined(__x86_64__)
// An exchange compares each lane with a partner, lane i ^ FLIP, and
// keeps the smaller in one and the larger in the other; PICK takes the minimum where a bit of i is clear.
typedef uint32_t adj_u32 __attribute__((ext_vector_type(16)));
typedef uint64_t adj_u64 __attribute__((ext_vector_type(8)));
#define ADJ_FLIP16_1 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14
#define ADJ_FLIP16_2 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13
#define ADJ_FLIP16_3 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12
#define ADJ_FLIP16_4 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11
#define ADJ_FLIP16_7 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8
#define ADJ_FLIP16_8 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7
#define ADJ_FLIP16_15 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0
#define ADJ_PICK16_8 0, 1, 2, 3, 4, 5, 6, 7, 24, 25, 26, 27, 28, 29, 30, 31
#define ADJ_PICK16_4 0, 1, 2, 3, 20, 21, 22, 23, 8, 9, 10, 11, 28, 29, 30, 31
#define ADJ_PICK16_2 0, 1, 18, 19, 4, 5, 22, 23, 8, 9, 26, 27, 12, 13, 30, 31
#define ADJ_PICK16_1 0, 17, 2, 19, 4, 21, 6, 23, 8, 25, 10, 27, 12, 29, 14, 31
#define ADJ_FLIP8_1 1, 0, 3, 2, 5, 4, 7, 6
#define ADJ_FLIP8_2 2, 3, 0, 1, 6, 7, 4, 5
#define ADJ_FLIP8_3 3, 2, 1, 0, 7, 6, 5, 4
#define ADJ_FLIP8_4 4, 5, 6, 7, 0, 1, 2, 3
#define ADJ_FLIP8_7 7, 6, 5, 4, 3, 2, 1, 0
#define ADJ_PICK8_4 0, 1, 2, 3, 12, 13, 14, 15
#define ADJ_PICK8_2 0, 1, 10, 11, 4, 5, 14, 15
#define ADJ_PICK8_1 0, 9, 2, 11, 4, 13, 6, 15
#define ADJ_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#define ADJ_EXCHANGE(FLIP, PICK)                                                                     \
  {                                                                                                  \
    __typeof__(v) partner = ADJ_SHUFFLE(v, v, FLIP);                                                 \
    v = ADJ_SHUFFLE(__builtin_elementwise_min(v, partner), __builtin_elementwise_max(v, partner), PICK); \
  }
ADJ_AVX512 ADJ_LANE adj_u32 adj_u32_merge_lanes(adj_u32 v) {
  ADJ_EXCHANGE(ADJ_FLIP16_8, ADJ_PICK16_8)
  ADJ_EXCHANGE(ADJ_FLIP16_4, ADJ_PICK16_4)
  ADJ_EXCHANGE(ADJ_FLIP16_2, ADJ_PICK16_2)
  ADJ_EXCHANGE(ADJ_FLIP16_1, ADJ_PICK16_1)
  return v;
}
ADJ_AVX512 ADJ_LANE adj_u32 adj_u32_sort_lanes(adj_u32 v) {
  ADJ_EXCHANGE(ADJ_FLIP16_1, ADJ_PICK16_1)
  ADJ_EXCHANGE(ADJ_FLIP16_3, ADJ_PICK16_2)
  ADJ_EXCHANGE(ADJ_FLIP16_1, ADJ_PICK16_1)
  ADJ_EXCHANGE(ADJ_FLIP16_7, ADJ_PICK16_4)
  ADJ_EXCHANGE(ADJ_FLIP16_2, ADJ_PICK16_2)
  ADJ_EXCHANGE(ADJ_FLIP16_1, ADJ_PICK16_1)
  ADJ_EXCHANGE(ADJ_FLIP16_15, ADJ_PICK16_8)
  ADJ_EXCHANGE(ADJ_FLIP16_4, ADJ_PICK16_4)
  ADJ_EXCHANGE(ADJ_FLIP16_2, ADJ_PICK16_2)
  ADJ_EXCHANGE(ADJ_FLIP16_1, ADJ_PICK16_1)
  return v;
}
ADJ_AVX512 ADJ_LANE adj_u64 adj_u64_merge_lanes(adj_u64 v) {
  ADJ_EXCHANGE(ADJ_FLIP8_4, ADJ_PICK8_4)
  ADJ_EXCHANGE(ADJ_FLIP8_2, ADJ_PICK8_2)
  ADJ_EXCHANGE(ADJ_FLIP8_1, ADJ_PICK8_1)
  return v;
}
ADJ_AVX512 ADJ_LANE adj_u64 adj_u64_sort_lanes(adj_u64 v) {
  ADJ_EXCHANGE(ADJ_FLIP8_1, ADJ_PICK8_1)
  ADJ_EXCHANGE(ADJ_FLIP8_3, ADJ_PICK8_2)
  ADJ_EXCHANGE(ADJ_FLIP8_1, ADJ_PICK8_1)
  ADJ_EXCHANGE(ADJ_FLIP8_7, ADJ_PICK8_4)
  ADJ_EXCHANGE(ADJ_FLIP8_2, ADJ_PICK8_2)
  ADJ_EXCHANGE(ADJ_FLIP8_1, ADJ_PICK8_1)
  return v;
}

// Sorts COUNT vectors, a power of two, as one run: each in itself, then runs are merged by pairs. The second run is taken
// backwards, which makes the two bitonic (Batcher, Sorting networks and their applications, 1968).
#define ADJ_SORT_VECTORS(S, E, REVERSE)                                                              \
  ADJ_AVX512 ADJ_LANE void adj_##S##_exchange(adj_##S *a, adj_##S *b) {                                         \
    adj_##S low = __builtin_elementwise_min(*a, *b);                                                 \
    *b = __builtin_elementwise_max(*a, *b);                                                          \
    *a = low;                                                                                        \
  }                                                                                                  \
  ADJ_AVX512 ADJ_LANE void adj_##S##_merge_runs(adj_##S *v, int count, int run) {                               \
    ADJ_UNROLL for (int i = 0; i < count; i++)                                                       \
      if (i & run) v[i] = ADJ_SHUFFLE(v[i], v[i], REVERSE);                                          \
    ADJ_UNROLL for (int i = 0; i < count; i++)                                                       \
      if (!(i & run)) adj_##S##_exchange(&v[i], &v[i ^ (2 * run - 1)]);                              \
    ADJ_UNROLL for (int bit = 8; bit >= 1; bit /= 2)                                                 \
      ADJ_UNROLL for (int i = 0; i < count; i++)                                                     \
        if (bit < run && !(i & bit)) adj_##S##_exchange(&v[i], &v[i + bit]);                         \
    ADJ_UNROLL for (int i = 0; i < count; i++) v[i] = adj_##S##_merge_lanes(v[i]);                   \
  }                                                                                                  \
  ADJ_AVX512 ADJ_LANE void adj_##S##_sort_run(E *p, int count) {                                                \
    adj_##S v[16];                                                                                   \
    const long lanes = sizeof v[0] / sizeof(E);                                                      \
    ADJ_UNROLL for (int i = 0; i < count; i++) memcpy(&v[i], p + i * lanes, sizeof v[0]);            \
    ADJ_UNROLL for (int i = 0; i < count; i++) v[i] = adj_##S##_sort_lanes(v[i]);                    \
    if (count > 1) adj_##S##_merge_runs(v, count, 1);                                                \
    if (count > 2) adj_##S##_merge_runs(v, count, 2);                                                \
    if (count > 4) adj_##S##_merge_runs(v, count, 4);                                                \
    if (count > 8) adj_##S##_merge_runs(v, count, 8);                                                \
    ADJ_UNROLL for (int i = 0; i < count; i++) memcpy(p + i * lanes, &v[i], sizeof v[0]);            \
  }
ADJ_SORT_VECTORS(u32, uint32_t, ADJ_FLIP16_15)
ADJ_SORT_VECTORS(u64, uint64_t, ADJ_FLIP8_7)

// sort_vectors: COUNT vectors of keys, 2, 4, 8 or 16, put in order.
// split: of COUNT vectors, the keys below the pivot go to `low` and the others to `high`, in order and by whole vectors,
// of which the last one's upper lanes mean nothing; returns how many are below. `low` may be `x`. It compresses in registers:
// compressing to memory takes over a hundred cycles on Zen 4.
#define ADJ_AVX512_KEYS(S, E, LANE, COMPARE, COMPRESS, MASK)                                         \
  static inline ADJ_AVX512 void adj_##S##_sort_vectors(E *p, int count) {                            \
    switch (count) {                                                                                 \
    case 2: return adj_##S##_sort_run(p, 2);                                                         \
    case 4: return adj_##S##_sort_run(p, 4);                                                         \
    case 8: return adj_##S##_sort_run(p, 8);                                                         \
    default: return adj_##S##_sort_run(p, 16);                                                       \
    }                                                                                                \
  }                                                                                                  \
  static inline ADJ_AVX512 long adj_##S##_split(long count, const E *x, E pivot, E *low, E *high) {  \
    typedef LANE lanes __attribute__((vector_size(64)));                                             \
    adj_##S pivots = pivot;                                                                          \
    const long width = sizeof(lanes) / sizeof(E);                                                    \
    const E *start = low;                                                                            \
    for (long i = 0; i < count; i++) {                                                               \
      lanes keys, zero = {0};                                                                        \
      memcpy(&keys, x + i * width, sizeof keys);                                                     \
      MASK below = COMPARE(keys, (lanes)pivots, 1, (MASK)-1);                                        \
      lanes first = COMPRESS(keys, zero, below), second = COMPRESS(keys, zero, (MASK)~below);        \
      memcpy(low, &first, sizeof first);                                                             \
      memcpy(high, &second, sizeof second);                                                          \
      long n = __builtin_popcount(below);                                                            \
      low += n;                                                                                      \
      high += width - n;                                                                             \
    }                                                                                                \
    return low - start;                                                                              \
  }
ADJ_AVX512_KEYS(u32, uint32_t, int, __builtin_ia32_ucmpd512_mask, __builtin_ia32_compresssi512_mask, uint16_t)
ADJ_AVX512_KEYS(u64, uint64_t, long long, __builtin_ia32_ucmpq512_mask, __builtin_ia32_compressdi512_mask, uint8_t)
#endif
