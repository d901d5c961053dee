// Attention on one block of queries and one of keys; scores stand transposed, [key][query].
#pragma once
#include "Multiversion.h"
#include <stdint.h>
#include <string.h>

#define ADJ_ATTENTION_ENTRIES(S, E)                                                                                    \
  MULTIVERSION(adj_attention_wide_##S,                                                                                 \
    (int mode, long m, long n, long k, const E *a, long rs, long ks, const E *b, long ldb, E *c, long ldc,             \
     const E *factors),                                                                                                \
    mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)                                                                 \
  MULTIVERSION(adj_attention_narrow_##S,                                                                               \
    (int mode, long m, long n, long k, const E *a, long rs, long ks, const E *b, long ldb, E *c, long ldc,             \
     const E *factors),                                                                                                \
    mode, m, n, k, a, rs, ks, b, ldb, c, ldc, factors)                                                                 \
  MULTIVERSION(adj_attention_scale_##S, (long n, E factor, E *x), n, factor, x)                                        \
  MULTIVERSION(adj_attention_softmax_##S,                                                                              \
    (long keys, long width, long diagonal, const uint8_t *visible, const E *bias, E *s, E *maximum, E *total,          \
     E *factors),                                                                                                      \
    keys, width, diagonal, visible, bias, s, maximum, total, factors)                                                  \
  MULTIVERSION(adj_attention_finish_##S,                                                                               \
    (long rows, long n, const E *x, long ldx, const E *maximum, const E *total, E *y, long ldy, E *lse),               \
    rows, n, x, ldx, maximum, total, y, ldy, lse)                                                                      \
  MULTIVERSION(adj_attention_delta_##S,                                                                                \
    (long rows, long n, const E *g, long ldg, const E *y, long ldy, E *delta),                                         \
    rows, n, g, ldg, y, ldy, delta)                                                                                    \
  MULTIVERSION(adj_attention_grad_##S,                                                                                 \
    (long keys, long width, long diagonal, E scale, const uint8_t *visible, const E *bias, const E *lse,               \
     const E *delta, E *s, E *dp, E *unscaled),                                                                        \
    keys, width, diagonal, scale, visible, bias, lse, delta, s, dp, unscaled)

ADJ_ATTENTION_ENTRIES(f32, float)
ADJ_ATTENTION_ENTRIES(f64, double)

// A 16 x 16 block of bytes: dst[j·ldd + i] = src[i·lds + j]. Interleaving the first half of the rows with the second
// moves each byte one bit of its row number into its column number; after four times they are exchanged.
typedef uint8_t adj_bytes16 __attribute__((ext_vector_type(16)));
static inline void adj_transpose_bytes16(const uint8_t *src, long lds, uint8_t *dst, long ldd) {
  adj_bytes16 x[16], y[16];
  for (int i = 0; i < 16; i++) memcpy(&x[i], src + i * lds, 16);
  for (int round = 0; round < 4; round++) {
    for (int i = 0; i < 8; i++) {
      y[2 * i] = __builtin_shufflevector(x[i], x[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      y[2 * i + 1] = __builtin_shufflevector(x[i], x[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    memcpy(x, y, sizeof x);
  }
  for (int i = 0; i < 16; i++) memcpy(dst + i * ldd, &x[i], 16);
}
