// Convolutions: the register tiles of the product and of the weights' gradient, and the copies that feed them. A digit is
// the number of vectors of a tile's rows: an entry each, because Swift stops inlining where a function grows too large.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

/// Sums of k products for `rows` rows of `count` positions: element j of a row reads x[row·x_row + offsets[p] + j] and is
/// written, for channel c of `channels`, to y[c·y_channel + row·y_row + j·y_step].
typedef struct {
  long rows, count, k, x_row;
  const long *offsets;
  long channels, y_channel, y_row, y_step;
  /// Positions of a register tile at most.
  long tile;
} adj_conv_product;

/// Sums over `rows` rows of `count` positions: position j multiplies the scalars at x + row·x_row + j·x_step with the
/// vectors at g + row·g_row + j·g_step.
typedef struct {
  long rows, count, x_row, x_step, g_row, g_step;
  /// Scalars of a register tile.
  long tile;
} adj_conv_sum;

#define ADJ_CONVOLUTION_ENTRIES(S, E)                                                                                  \
  MULTIVERSION(adj_conv_channel_lanes1_##S,                                                                            \
    (const adj_conv_product *p, const E *x, const E *panel, E *y, E *scratch),                                         \
    p, x, panel, y, scratch)                                                                                           \
  MULTIVERSION(adj_conv_channel_lanes2_##S,                                                                            \
    (const adj_conv_product *p, const E *x, const E *panel, E *y, E *scratch),                                         \
    p, x, panel, y, scratch)                                                                                           \
  MULTIVERSION(adj_conv_position_lanes1_##S,                                                                           \
    (const adj_conv_product *p, const E *x, const E *panel, E *y, E *scratch),                                         \
    p, x, panel, y, scratch)                                                                                           \
  MULTIVERSION(adj_conv_position_lanes2_##S,                                                                           \
    (const adj_conv_product *p, const E *x, const E *panel, E *y, E *scratch),                                         \
    p, x, panel, y, scratch)                                                                                           \
  MULTIVERSION(adj_conv_position_lanes4_##S,                                                                           \
    (const adj_conv_product *p, const E *x, const E *panel, E *y, E *scratch),                                         \
    p, x, panel, y, scratch)                                                                                           \
  MULTIVERSION(adj_conv_weight_channel_lanes1_##S,                                                                     \
    (const adj_conv_sum *p, const E *x, const E *g, E *y, long ldy),                                                   \
    p, x, g, y, ldy)                                                                                                   \
  MULTIVERSION(adj_conv_weight_channel_lanes2_##S,                                                                     \
    (const adj_conv_sum *p, const E *x, const E *g, E *y, long ldy),                                                   \
    p, x, g, y, ldy)                                                                                                   \
  MULTIVERSION(adj_conv_weight_position_lanes_##S,                                                                     \
    (const adj_conv_sum *p, const E *x, const long *offsets, const E *g, E *y),                                        \
    p, x, offsets, g, y)                                                                                               \
  MULTIVERSION(adj_conv_pad_rows_##S,                                                                                  \
    (long rows, long before, long count, long after, long phases, E fill, const E *x, long ldx, E *y, long ldy),       \
    rows, before, count, after, phases, fill, x, ldx, y, ldy)

ADJ_CONVOLUTION_ENTRIES(f32, float)
ADJ_CONVOLUTION_ENTRIES(f64, double)
