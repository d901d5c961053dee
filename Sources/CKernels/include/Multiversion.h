// One Swift body, three machine codes. MULTIVERSION(name, params, args...) declares the body (defined in Swift with
// `@c(name) @inline(__always)`), one wrapper per instruction set, and `name_dispatch`, which picks one at run time.
// Swift's importer emits the wrappers into the module that calls them; the body is inlined there and compiled with the
// wrapper's features. So a `_dispatch` call must stand in the same file as the body, in a function marked
// `@inline(never)`: inlined into another file, the call would take the wrappers along, to where the body is not.
#pragma once
#include "State.h"

#if defined(__x86_64__)
#define ADJ_AVX512 __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma,bmi2")))
#define ADJ_AVX2 __attribute__((target("avx2,fma,bmi2")))
#define MULTIVERSION(name, params, ...)                                                          \
  void name params;                                                                              \
  static inline ADJ_AVX512 void name##_avx512 params { [[clang::always_inline]] name(__VA_ARGS__); } \
  static inline ADJ_AVX2 void name##_avx2 params { [[clang::always_inline]] name(__VA_ARGS__); }     \
  static inline void name##_dispatch params {                                                    \
    int level = adj_current_level();                                                             \
    if (level >= ADJ_LEVEL_AVX512) name##_avx512(__VA_ARGS__);                                   \
    else if (level >= ADJ_LEVEL_AVX2) name##_avx2(__VA_ARGS__);                                  \
    else name(__VA_ARGS__);                                                                      \
  }
#else
#define MULTIVERSION(name, params, ...) \
  void name params;                     \
  static inline void name##_dispatch params { name(__VA_ARGS__); }
#endif
