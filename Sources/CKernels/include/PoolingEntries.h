// Maxima of windows.
#pragma once
#include "Multiversion.h"
#include <stdint.h>

/// Rows of maxima over k taps: element j of a row reads x[row·x_row + offsets[t] + j], whose index in its plane is
/// row·index_row + columns[j] + taps[t]. Where every tap is −inf the index is first_rows[row] + first_columns[j].
typedef struct {
  long rows, count, k, x_row, index_row;
  const long *offsets, *taps, *first_rows;
} adj_pool_maximum;

// Indices are integers of the width of E, and so may be passed as E.
#define ADJ_POOLING_ENTRIES(S, E)                                                                                      \
  MULTIVERSION(adj_pool_maximum_##S,                                                                                   \
    (const adj_pool_maximum *p, const E *x, const E *columns, const E *first_columns, E *y, E *indices),               \
    p, x, columns, first_columns, y, indices)

ADJ_POOLING_ENTRIES(f32, float)
ADJ_POOLING_ENTRIES(f64, double)
