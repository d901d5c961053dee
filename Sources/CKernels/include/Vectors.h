// Vector operations that Swift's SIMD types do not compile to single instructions in generic or unflagged code.
// `ext_vector_type` imports as SIMD16<Float>, SIMD8<Double> and the integer vectors of the same width.
#pragma once
#include <stdint.h>
#include <string.h>

typedef float adj_f32 __attribute__((ext_vector_type(16)));
typedef double adj_f64 __attribute__((ext_vector_type(8)));
typedef int32_t adj_i32 __attribute__((ext_vector_type(16)));
typedef int64_t adj_i64 __attribute__((ext_vector_type(8)));
typedef uint64_t adj_u64 __attribute__((ext_vector_type(8)));
typedef int8_t adj_b16 __attribute__((ext_vector_type(16)));
typedef int8_t adj_b8 __attribute__((ext_vector_type(8)));

#define ADJ_LANE static inline __attribute__((always_inline))

/// Asks for the line of memory at p, to be written soon.
ADJ_LANE void adj_prefetch(const void *p) { __builtin_prefetch(p, 1, 3); }

// a·b + c is written as one expression: the compiler fuses it exactly where the target has the instruction.
// Comparisons give −1 (true) or 0 (false) per lane; select takes such masks.
#define ADJ_FLOAT_VECTOR(S, E, V, B, BYTES, N)                                                       \
  ADJ_LANE V adj_##S##_muladd(V a, V b, V c) { return a * b + c; }                                   \
  ADJ_LANE V adj_##S##_negmuladd(V a, V b, V c) { return c - a * b; }                                \
  ADJ_LANE V adj_##S##_fma(V a, V b, V c) { return __builtin_elementwise_fma(a, b, c); }             \
  ADJ_LANE V adj_##S##_negate(V a) { return -a; }                                                    \
  ADJ_LANE V adj_##S##_sqrt(V a) { return __builtin_elementwise_sqrt(a); }                           \
  ADJ_LANE V adj_##S##_abs(V a) { return __builtin_elementwise_abs(a); }                             \
  ADJ_LANE V adj_##S##_copysign(V a, V b) { return __builtin_elementwise_copysign(a, b); }           \
  ADJ_LANE V adj_##S##_floor(V a) { return __builtin_elementwise_floor(a); }                         \
  ADJ_LANE V adj_##S##_ceil(V a) { return __builtin_elementwise_ceil(a); }                           \
  ADJ_LANE V adj_##S##_trunc(V a) { return __builtin_elementwise_trunc(a); }                         \
  ADJ_LANE V adj_##S##_roundeven(V a) { return __builtin_elementwise_roundeven(a); }                 \
  ADJ_LANE B adj_##S##_less(V a, V b) { return a < b; }                                              \
  ADJ_LANE B adj_##S##_lessequal(V a, V b) { return a <= b; }                                        \
  ADJ_LANE B adj_##S##_equal(V a, V b) { return a == b; }                                            \
  ADJ_LANE B adj_##S##_notequal(V a, V b) { return a != b; }                                         \
  ADJ_LANE V adj_##S##_select(B mask, V a, V b) { return mask ? a : b; }                             \
  ADJ_LANE B adj_##S##_bits(V a) { return (B)a; }                                                    \
  ADJ_LANE V adj_##S##_frombits(B a) { return (V)a; }                                                \
  ADJ_LANE B adj_##S##_bits_and(B a, B b) { return a & b; }                                          \
  ADJ_LANE B adj_##S##_bits_or(B a, B b) { return a | b; }                                           \
  ADJ_LANE B adj_##S##_bits_xor(B a, B b) { return a ^ b; }                                          \
  ADJ_LANE B adj_##S##_bits_add(B a, B b) { return a + b; }                                          \
  ADJ_LANE B adj_##S##_bits_sub(B a, B b) { return a - b; }                                          \
  ADJ_LANE B adj_##S##_bits_shl(B a, int n) { return a << n; }                                       \
  ADJ_LANE B adj_##S##_bits_shr(B a, int n) { return a >> n; }                                       \
  ADJ_LANE bool adj_##S##_any(B mask) { return __builtin_reduce_or(mask) != 0; }                     \
  ADJ_LANE bool adj_##S##_all(B mask) { return __builtin_reduce_and(mask) != 0; }                    \
  ADJ_LANE V adj_##S##_fromint(B a) { return __builtin_convertvector(a, V); }                        \
  ADJ_LANE B adj_##S##_mask_load(const uint8_t *p) {                                                 \
    BYTES b;                                                                                         \
    memcpy(&b, p, N);                                                                                \
    return __builtin_convertvector(b != 0, B);                                                       \
  }                                                                                                  \
  ADJ_LANE void adj_##S##_mask_store(B mask, uint8_t *p) {                                           \
    BYTES b = __builtin_convertvector(mask, BYTES) & 1;                                              \
    memcpy(p, &b, N);                                                                                \
  }                                                                                                  \
  ADJ_LANE V adj_##S##_load(const E *p) {                                                            \
    V v;                                                                                             \
    memcpy(&v, p, sizeof v);                                                                         \
    return v;                                                                                        \
  }                                                                                                  \
  ADJ_LANE void adj_##S##_store(V v, E *p) { memcpy(p, &v, sizeof v); }

ADJ_FLOAT_VECTOR(f32, float, adj_f32, adj_i32, adj_b16, 16)
ADJ_FLOAT_VECTOR(f64, double, adj_f64, adj_i64, adj_b8, 8)

// The first n < 16 (or 8) elements; the rest of the vector is `fill`. Fixed-size pieces, so no call to memcpy is left.
#define ADJ_PIECE(k) \
  if (n & k) { memcpy((char *)&v + i * sizeof *p, p + i, k * sizeof *p); i += k; }
#define ADJ_PIECE_OUT(k) \
  if (n & k) { memcpy(p + i, (char *)&v + i * sizeof *p, k * sizeof *p); i += k; }

ADJ_LANE adj_f32 adj_f32_load_tail(const float *p, long n, float fill) {
  adj_f32 v = fill;
  long i = 0;
  ADJ_PIECE(8) ADJ_PIECE(4) ADJ_PIECE(2) ADJ_PIECE(1)
  return v;
}
ADJ_LANE void adj_f32_store_tail(adj_f32 v, float *p, long n) {
  long i = 0;
  ADJ_PIECE_OUT(8) ADJ_PIECE_OUT(4) ADJ_PIECE_OUT(2) ADJ_PIECE_OUT(1)
}
ADJ_LANE adj_f64 adj_f64_load_tail(const double *p, long n, double fill) {
  adj_f64 v = fill;
  long i = 0;
  ADJ_PIECE(4) ADJ_PIECE(2) ADJ_PIECE(1)
  return v;
}
ADJ_LANE void adj_f64_store_tail(adj_f64 v, double *p, long n) {
  long i = 0;
  ADJ_PIECE_OUT(4) ADJ_PIECE_OUT(2) ADJ_PIECE_OUT(1)
}

// Horizontal sums in a fixed tree order: halves, quarters, … so that the result does not depend on the target.
ADJ_LANE float adj_f32_sum(adj_f32 v) {
  float __attribute__((ext_vector_type(8))) a = v.lo + v.hi;
  float __attribute__((ext_vector_type(4))) b = a.lo + a.hi;
  return (b.x + b.z) + (b.y + b.w);
}
ADJ_LANE double adj_f64_sum(adj_f64 v) {
  double __attribute__((ext_vector_type(4))) b = v.lo + v.hi;
  return (b.x + b.z) + (b.y + b.w);
}

// Every second element of a pair of vectors, from the first or the second on.
ADJ_LANE adj_f32 adj_f32_evens(adj_f32 a, adj_f32 b) {
  return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
ADJ_LANE adj_f32 adj_f32_odds(adj_f32 a, adj_f32 b) {
  return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}
ADJ_LANE adj_f64 adj_f64_evens(adj_f64 a, adj_f64 b) { return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14); }
ADJ_LANE adj_f64 adj_f64_odds(adj_f64 a, adj_f64 b) { return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15); }
ADJ_LANE adj_u64 adj_u64_load(const uint64_t *p) {
  adj_u64 v;
  memcpy(&v, p, sizeof v);
  return v;
}
/// a0 b0 a1 b1 … a7 b7.
ADJ_LANE void adj_u64_store_pairs(adj_u64 a, adj_u64 b, uint64_t *p) {
  adj_u64 low = __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  adj_u64 high = __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  memcpy(p, &low, sizeof low);
  memcpy(p + 8, &high, sizeof high);
}
ADJ_LANE adj_f64 adj_f64_from_words(adj_u64 words) { return (adj_f64)words; }
// Lanes exchanged with those `distance` away, in pairs of neighbouring groups.
ADJ_LANE adj_f32 adj_f32_exchange8(adj_f32 v) {
  return __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
}
ADJ_LANE adj_f32 adj_f32_exchange4(adj_f32 v) {
  return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11);
}
ADJ_LANE adj_f32 adj_f32_exchange2(adj_f32 v) {
  return __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
}
ADJ_LANE adj_f32 adj_f32_exchange1(adj_f32 v) {
  return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
}
ADJ_LANE adj_f64 adj_f64_exchange4(adj_f64 v) { return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3); }
ADJ_LANE adj_f64 adj_f64_exchange2(adj_f64 v) { return __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5); }
ADJ_LANE adj_f64 adj_f64_exchange1(adj_f64 v) { return __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6); }
// A fold leaves its result in every lane.
ADJ_LANE float adj_f32_lane0(adj_f32 v) { return v[0]; }
ADJ_LANE double adj_f64_lane0(adj_f64 v) { return v[0]; }

// A 4x4 block: dst[j·ldd + i] = src[i·lds + j].
#define ADJ_TRANSPOSE4(S, E)                                                                       \
  typedef E adj_##S##_quad __attribute__((ext_vector_type(4)));                                    \
  ADJ_LANE void adj_##S##_transpose4(const E *src, long lds, E *dst, long ldd) {                   \
    adj_##S##_quad a, b, c, d;                                                                     \
    memcpy(&a, src, sizeof a);                                                                     \
    memcpy(&b, src + lds, sizeof a);                                                               \
    memcpy(&c, src + 2 * lds, sizeof a);                                                           \
    memcpy(&d, src + 3 * lds, sizeof a);                                                           \
    adj_##S##_quad ab = __builtin_shufflevector(a, b, 0, 4, 1, 5);                                 \
    adj_##S##_quad cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);                                 \
    adj_##S##_quad ef = __builtin_shufflevector(a, b, 2, 6, 3, 7);                                 \
    adj_##S##_quad gh = __builtin_shufflevector(c, d, 2, 6, 3, 7);                                 \
    a = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);                                               \
    b = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);                                               \
    c = __builtin_shufflevector(ef, gh, 0, 1, 4, 5);                                               \
    d = __builtin_shufflevector(ef, gh, 2, 3, 6, 7);                                               \
    memcpy(dst, &a, sizeof a);                                                                     \
    memcpy(dst + ldd, &b, sizeof a);                                                               \
    memcpy(dst + 2 * ldd, &c, sizeof a);                                                           \
    memcpy(dst + 3 * ldd, &d, sizeof a);                                                           \
  }
ADJ_LANE void adj_f32_copy8(const float *src, float *dst) { memcpy(dst, src, 8 * sizeof *src); }
ADJ_LANE void adj_f64_copy8(const double *src, double *dst) { memcpy(dst, src, 8 * sizeof *src); }
ADJ_TRANSPOSE4(f32, float)
ADJ_TRANSPOSE4(f64, double)

// The C library's function in the lanes of a mask. Out of line, and through memory: a vector argument would be passed in
// other registers at each level.
#define ADJ_LANE_BY_LANE(S, E, V, B, I, N, name, function)                                         \
  static __attribute__((noinline, cold)) void adj_##S##_##name##_lanes(const I *mask, const E *x, E *y) { \
    for (int i = 0; i < N; i++) if (mask[i]) y[i] = function(x[i]);                                \
  }                                                                                                \
  ADJ_LANE V adj_##S##_##name##_where(B mask, V x, V y) {                                          \
    adj_##S##_##name##_lanes((const I *)&mask, (const E *)&x, (E *)&y);                            \
    return y;                                                                                      \
  }
ADJ_LANE_BY_LANE(f32, float, adj_f32, adj_i32, int32_t, 16, sin, __builtin_sinf)
ADJ_LANE_BY_LANE(f32, float, adj_f32, adj_i32, int32_t, 16, cos, __builtin_cosf)
ADJ_LANE_BY_LANE(f64, double, adj_f64, adj_i64, int64_t, 8, sin, __builtin_sin)
ADJ_LANE_BY_LANE(f64, double, adj_f64, adj_i64, int64_t, 8, cos, __builtin_cos)
ADJ_LANE_BY_LANE(f32, float, adj_f32, adj_i32, int32_t, 16, tan, __builtin_tanf)
ADJ_LANE_BY_LANE(f64, double, adj_f64, adj_i64, int64_t, 8, tan, __builtin_tan)

// The same of two operands.
#define ADJ_PAIR_BY_PAIR(S, E, V, B, I, N, name, function)                                         \
  static __attribute__((noinline, cold)) void adj_##S##_##name##_lanes(const I *mask, const E *a, const E *b, E *y) { \
    for (int i = 0; i < N; i++) if (mask[i]) y[i] = function(a[i], b[i]);                          \
  }                                                                                                \
  ADJ_LANE V adj_##S##_##name##_where(B mask, V a, V b, V y) {                                     \
    adj_##S##_##name##_lanes((const I *)&mask, (const E *)&a, (const E *)&b, (E *)&y);             \
    return y;                                                                                      \
  }
ADJ_PAIR_BY_PAIR(f32, float, adj_f32, adj_i32, int32_t, 16, fmod, __builtin_fmodf)
ADJ_PAIR_BY_PAIR(f64, double, adj_f64, adj_i64, int64_t, 8, fmod, __builtin_fmod)

ADJ_LANE float adj_f32_pow(float a, float b) { return __builtin_powf(a, b); }
ADJ_LANE double adj_f64_pow(double a, double b) { return __builtin_pow(a, b); }
ADJ_LANE double adj_f64_log(double x) { return __builtin_log(x); }
ADJ_LANE double adj_f64_cos(double x) { return __builtin_cos(x); }
ADJ_LANE double adj_f64_tan(double x) { return __builtin_tan(x); }

// n bytes, without a call: short copies are faster so.
ADJ_LANE void adj_copy_bytes(long n, const uint8_t *x, uint8_t *y) {
  long i = 0;
  for (; i + 64 <= n; i += 64) memcpy(y + i, x + i, 64);
  if (n & 32) { memcpy(y + i, x + i, 32); i += 32; }
  if (n & 16) { memcpy(y + i, x + i, 16); i += 16; }
  if (n & 8) { memcpy(y + i, x + i, 8); i += 8; }
  if (n & 4) { memcpy(y + i, x + i, 4); i += 4; }
  for (; i < n; i++) y[i] = x[i];
}

// A square block of SIDE by SIDE elements: dst[j·ldd + i] = src[i·lds + j]. A round zips each row of the upper half with
// its partner in the lower half, which rotates the bits of (row, column) by one; after log2 SIDE rounds they are exchanged.
#define ADJ_ZIP8_LOW 0, 8, 1, 9, 2, 10, 3, 11
#define ADJ_ZIP8_HIGH 4, 12, 5, 13, 6, 14, 7, 15
#define ADJ_ZIP16_LOW 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define ADJ_ZIP16_HIGH 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#define ADJ_UNROLL _Pragma("clang loop unroll(full)")
#define ADJ_SQUARE(S, E, SIDE, ROUNDS, LOW, HIGH)                                                     \
  typedef E adj_##S##_row __attribute__((ext_vector_type(SIDE)));                                    \
  ADJ_LANE void adj_##S##_square(const E *src, long lds, E *dst, long ldd) {                         \
    adj_##S##_row rows[SIDE], zipped[SIDE];                                                          \
    ADJ_UNROLL for (int i = 0; i < SIDE; i++) memcpy(&rows[i], src + i * lds, sizeof rows[i]);       \
    ADJ_UNROLL for (int round = 0; round < ROUNDS; round++) {                                        \
      ADJ_UNROLL for (int i = 0; i < SIDE / 2; i++) {                                                \
        zipped[2 * i] = __builtin_shufflevector(rows[i], rows[i + SIDE / 2], LOW);                   \
        zipped[2 * i + 1] = __builtin_shufflevector(rows[i], rows[i + SIDE / 2], HIGH);              \
      }                                                                                              \
      ADJ_UNROLL for (int i = 0; i < SIDE; i++) rows[i] = zipped[i];                                 \
    }                                                                                                \
    ADJ_UNROLL for (int i = 0; i < SIDE; i++) memcpy(dst + i * ldd, &rows[i], sizeof rows[i]);       \
  }
ADJ_SQUARE(u8, uint8_t, 16, 4, ADJ_ZIP16_LOW, ADJ_ZIP16_HIGH)
ADJ_SQUARE(u32, uint32_t, 16, 4, ADJ_ZIP16_LOW, ADJ_ZIP16_HIGH)
ADJ_SQUARE(u64, uint64_t, 8, 3, ADJ_ZIP8_LOW, ADJ_ZIP8_HIGH)

// Sums of the lanes up to each lane, and from each lane on, in log2 steps: first within quarters of the vector, where a
// shift is one cheap instruction, then the quarters' totals, then the halves'.
#define ADJ_STEP(...) v += __builtin_shufflevector(v, zero, __VA_ARGS__);
ADJ_LANE adj_f32 adj_f32_prefix_sums(adj_f32 v) {
  adj_f32 zero = 0;
  ADJ_STEP(16, 0, 1, 2, 16, 4, 5, 6, 16, 8, 9, 10, 16, 12, 13, 14)
  ADJ_STEP(16, 16, 0, 1, 16, 16, 4, 5, 16, 16, 8, 9, 16, 16, 12, 13)
  ADJ_STEP(16, 16, 16, 16, 3, 3, 3, 3, 16, 16, 16, 16, 11, 11, 11, 11)
  ADJ_STEP(16, 16, 16, 16, 16, 16, 16, 16, 7, 7, 7, 7, 7, 7, 7, 7)
  return v;
}
ADJ_LANE adj_f32 adj_f32_suffix_sums(adj_f32 v) {
  adj_f32 zero = 0;
  ADJ_STEP(1, 2, 3, 16, 5, 6, 7, 16, 9, 10, 11, 16, 13, 14, 15, 16)
  ADJ_STEP(2, 3, 16, 16, 6, 7, 16, 16, 10, 11, 16, 16, 14, 15, 16, 16)
  ADJ_STEP(4, 4, 4, 4, 16, 16, 16, 16, 12, 12, 12, 12, 16, 16, 16, 16)
  ADJ_STEP(8, 8, 8, 8, 8, 8, 8, 8, 16, 16, 16, 16, 16, 16, 16, 16)
  return v;
}
ADJ_LANE adj_f64 adj_f64_prefix_sums(adj_f64 v) {
  adj_f64 zero = 0;
  ADJ_STEP(8, 0, 8, 2, 8, 4, 8, 6)
  ADJ_STEP(8, 8, 1, 1, 8, 8, 5, 5)
  ADJ_STEP(8, 8, 8, 8, 3, 3, 3, 3)
  return v;
}
ADJ_LANE adj_f64 adj_f64_suffix_sums(adj_f64 v) {
  adj_f64 zero = 0;
  ADJ_STEP(1, 8, 3, 8, 5, 8, 7, 8)
  ADJ_STEP(2, 2, 8, 8, 6, 6, 8, 8)
  ADJ_STEP(4, 4, 4, 4, 8, 8, 8, 8)
  return v;
}

// One lane in all lanes.
ADJ_LANE adj_f32 adj_f32_first(adj_f32 v) { return __builtin_shufflevector(v, v, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0); }
ADJ_LANE adj_f32 adj_f32_last(adj_f32 v) {
  return __builtin_shufflevector(v, v, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15);
}
ADJ_LANE adj_f64 adj_f64_first(adj_f64 v) { return __builtin_shufflevector(v, v, 0, 0, 0, 0, 0, 0, 0, 0); }
ADJ_LANE adj_f64 adj_f64_last(adj_f64 v) { return __builtin_shufflevector(v, v, 7, 7, 7, 7, 7, 7, 7, 7); }
