// The kernels' C signatures, a header a family of kernels; the bodies are in the folder of the same name in
// Sources/Kernels. Each is declared for both types, S being f32 or f64.
#pragma once
#include "AttentionEntries.h"
#include "ConvolutionEntries.h"
#include "ElementwiseEntries.h"
#include "LimitsEntries.h"
#include "LinearAlgebraEntries.h"
#include "MatmulEntries.h"
#include "MovementEntries.h"
#include "NormalizationEntries.h"
#include "OptimizersEntries.h"
#include "PoolingEntries.h"
#include "RandomEntries.h"
#include "RecurrenceEntries.h"
#include "ReductionsEntries.h"
