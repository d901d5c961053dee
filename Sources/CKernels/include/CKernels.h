// What Swift lacks for fast kernels: vector built-ins, per-function instruction sets, run-time state. No algorithm lives here.
#pragma once
#include "State.h"
#include "ObjectFields.h"
#include "Gamma.h"
#include "Vectors.h"
#include "Multiversion.h"
#include "Conversions.h"
#include "SortingNetworks.h"
#include "Entries.h"
