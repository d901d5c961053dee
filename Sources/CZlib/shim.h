// The system's zlib as a Swift module: Training/Gzip.swift inflates compressed data sets with it.
#pragma once
#include <zlib.h>
