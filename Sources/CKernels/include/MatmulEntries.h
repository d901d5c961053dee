// Packing, the register tiles, and products with a vector.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

/// C[m, n] = or += A·B by register tiles, read where the operands lie: strides in elements, of the next tile of rows, the
/// next row and the next k in A, and of the next panel of columns and the next k in B, whose columns stand side by side.
/// A padded B has whole panels. Each `depth` of k is summed by itself. A bias is added to each row at the end, and what
/// is then below `floor` is raised to it.
typedef struct {
  long m, n, k, depth;
  const void *a;
  long a_tile, a_row, a_step;
  const void *b;
  long b_panel, b_step;
  bool padded;
  void *c;
  long c_row;
  bool add;
  bool finish;
  const void *bias;
  double floor;
} adj_tiles;

#define ADJ_MATMUL_ENTRIES(S, E)                                                                                       \
  MULTIVERSION(adj_pack_##S,                                                                                           \
    (long tile, long rows, long k, const E *x, long rs, long ks, E *y),                                                \
    tile, rows, k, x, rs, ks, y)                                                                                       \
  MULTIVERSION(adj_matmul_wide8_##S, (const adj_tiles *job, E *scratch), job, scratch)                                 \
  MULTIVERSION(adj_matmul_wide4_##S, (const adj_tiles *job, E *scratch), job, scratch)                                 \
  MULTIVERSION(adj_matmul_wide2_##S, (const adj_tiles *job, E *scratch), job, scratch)                                 \
  MULTIVERSION(adj_matmul_wide1_##S, (const adj_tiles *job, E *scratch), job, scratch)                                 \
  MULTIVERSION(adj_matmul_narrow6_##S, (const adj_tiles *job, E *scratch), job, scratch)                               \
  MULTIVERSION(adj_matmul_narrow4_##S, (const adj_tiles *job, E *scratch), job, scratch)                               \
  MULTIVERSION(adj_matmul_narrow2_##S, (const adj_tiles *job, E *scratch), job, scratch)                               \
  MULTIVERSION(adj_matmul_narrow1_##S, (const adj_tiles *job, E *scratch), job, scratch)                               \
  MULTIVERSION(adj_gemv_rows_##S,                                                                                      \
    (long n, long k, const E *x, long sx, const E *b, long ldb, E *y),                                                 \
    n, k, x, sx, b, ldb, y)                                                                                            \
  MULTIVERSION(adj_gemv_dots_##S,                                                                                      \
    (long n, long k, const E *x, const E *b, long ldb, E *y),                                                          \
    n, k, x, b, ldb, y)

ADJ_MATMUL_ENTRIES(f32, float)
ADJ_MATMUL_ENTRIES(f64, double)
