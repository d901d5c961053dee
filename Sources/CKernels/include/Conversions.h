// Conversions between element types, by vectors of sixteen.
#pragma once
#include "Vectors.h"

// Sixteen elements from one type to another: y = (T)x. What doesn't fit an integer, and NaN, gives the type's minimum, as
// x86's truncating conversions answer. The conversion is undefined there, so zero is converted in its place.
#define ADJ_ROW(E) E __attribute__((ext_vector_type(16)))
#define ADJ_CONVERT(NAME, E, T)                                                                      \
  ADJ_LANE void adj_##NAME(const E *x, T *y) {                                                       \
    ADJ_ROW(E) a;                                                                                    \
    memcpy(&a, x, sizeof a);                                                                         \
    ADJ_ROW(T) b = __builtin_convertvector(a, ADJ_ROW(T));                                           \
    memcpy(y, &b, sizeof b);                                                                         \
  }
#define ADJ_TRUNCATE(NAME, E, BITS, T, LIMIT, MIN)                                                   \
  ADJ_LANE void adj_##NAME(const E *x, T *y) {                                                       \
    ADJ_ROW(E) a;                                                                                    \
    memcpy(&a, x, sizeof a);                                                                         \
    ADJ_ROW(BITS) fits = (a >= -(E)LIMIT) & (a < (E)LIMIT);                                          \
    ADJ_ROW(T) b = __builtin_convertvector(fits ? a : 0, ADJ_ROW(T));                                \
    b = __builtin_convertvector(fits, ADJ_ROW(T)) ? b : MIN;                                         \
    memcpy(y, &b, sizeof b);                                                                         \
  }
#define ADJ_TRUTH(NAME, E)                                                                           \
  ADJ_LANE void adj_##NAME(const E *x, uint8_t *y) {                                                 \
    ADJ_ROW(E) a;                                                                                    \
    memcpy(&a, x, sizeof a);                                                                         \
    ADJ_ROW(uint8_t) b = __builtin_convertvector(a != 0, ADJ_ROW(uint8_t)) & 1;                      \
    memcpy(y, &b, sizeof b);                                                                         \
  }
ADJ_CONVERT(f32_to_f32, float, float)
ADJ_CONVERT(f32_to_f64, float, double)
ADJ_TRUNCATE(f32_to_i32, float, int32_t, int32_t, 0x1p31, INT32_MIN)
ADJ_TRUNCATE(f32_to_i64, float, int32_t, int64_t, 0x1p63, INT64_MIN)
ADJ_TRUTH(f32_to_bool, float)
ADJ_CONVERT(f64_to_f32, double, float)
ADJ_CONVERT(f64_to_f64, double, double)
ADJ_TRUNCATE(f64_to_i32, double, int64_t, int32_t, 0x1p31, INT32_MIN)
ADJ_TRUNCATE(f64_to_i64, double, int64_t, int64_t, 0x1p63, INT64_MIN)
ADJ_TRUTH(f64_to_bool, double)
ADJ_CONVERT(i32_to_f32, int32_t, float)
ADJ_CONVERT(i32_to_f64, int32_t, double)
ADJ_CONVERT(i32_to_i32, int32_t, int32_t)
ADJ_CONVERT(i32_to_i64, int32_t, int64_t)
ADJ_CONVERT(i32_to_u8, int32_t, uint8_t)
ADJ_TRUTH(i32_to_bool, int32_t)
ADJ_CONVERT(i64_to_f32, int64_t, float)
ADJ_CONVERT(i64_to_f64, int64_t, double)
ADJ_CONVERT(i64_to_i32, int64_t, int32_t)
ADJ_CONVERT(i64_to_i64, int64_t, int64_t)
ADJ_CONVERT(i64_to_u8, int64_t, uint8_t)
ADJ_TRUTH(i64_to_bool, int64_t)
ADJ_CONVERT(u8_to_f32, uint8_t, float)
ADJ_CONVERT(u8_to_f64, uint8_t, double)
ADJ_CONVERT(u8_to_i32, uint8_t, int32_t)
ADJ_CONVERT(u8_to_i64, uint8_t, int64_t)
ADJ_CONVERT(u8_to_u8, uint8_t, uint8_t)
ADJ_TRUTH(u8_to_bool, uint8_t)

// To uint8 a float goes by way of int64 and wraps. From 2³¹ on a float32 is a multiple of 256, and so is int32's minimum.
ADJ_LANE void adj_f32_to_u8(const float *x, uint8_t *y) {
  int32_t whole[16];
  adj_f32_to_i32(x, whole);
  adj_i32_to_u8(whole, y);
}
ADJ_LANE void adj_f64_to_u8(const double *x, uint8_t *y) {
  int64_t whole[16];
  adj_f64_to_i64(x, whole);
  adj_i64_to_u8(whole, y);
}
