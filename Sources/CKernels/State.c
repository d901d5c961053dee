#include "State.h"
#include <stdlib.h>
#include <string.h>

int adj_level = ADJ_LEVEL_BASELINE;
_Thread_local bool adj_grad_disabled_tls = false;
_Thread_local bool adj_inference_mode_tls = false;
_Thread_local void *adj_observer_tls = NULL;
_Thread_local void *adj_release_queue_tls = NULL;
_Thread_local const void *adj_module_call_tls = NULL;

int adj_supported_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2"))
    return ADJ_LEVEL_BASELINE;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq"))
    return ADJ_LEVEL_AVX512;
  return ADJ_LEVEL_AVX2;
#endif
  return ADJ_LEVEL_BASELINE;
}

static int requested_level(int supported) {
  const char *name = getenv("ADJOINT_SIMD");
  if (!name) return supported;
  if (!strcmp(name, "baseline")) return ADJ_LEVEL_BASELINE;
  if (!strcmp(name, "avx2")) return ADJ_LEVEL_AVX2;
  return supported;
}

__attribute__((constructor)) static void choose_level(void) {
  int supported = adj_supported_level(), requested = requested_level(supported);
  adj_level = requested < supported ? requested : supported;
}
