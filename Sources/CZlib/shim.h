// The system's zlib as a Swift module: Tensors/Files reads and writes compressed files with it.
#pragma once
#include <zlib.h>
