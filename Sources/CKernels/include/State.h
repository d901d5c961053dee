// Process-wide and thread-wide state that Swift cannot declare: no `thread_local`, no constructor functions.
#pragma once
#include <stdbool.h>

/// The instruction sets a kernel is compiled for, ordered: a machine that runs one level runs all below it.
enum { ADJ_LEVEL_BASELINE = 0, ADJ_LEVEL_AVX2 = 3, ADJ_LEVEL_AVX512 = 4 };

/// The level in use. Set before `main` from the processor and the environment variable ADJOINT_SIMD.
extern int adj_level;

/// The best level that this processor runs.
int adj_supported_level(void);

/// Whether operations on this thread are recorded, whether recording can't be turned on, who watches the operations (null:
/// nobody), the list that this thread's running graph release appends to, and the call of a module that it is in.
extern _Thread_local bool adj_grad_disabled_tls;
extern _Thread_local bool adj_inference_mode_tls;
extern _Thread_local void *adj_observer_tls;
extern _Thread_local void *adj_release_queue_tls;
extern _Thread_local const void *adj_module_call_tls;

static inline bool adj_grad_enabled(void) { return !adj_grad_disabled_tls; }
static inline void adj_set_grad_enabled(bool enabled) { adj_grad_disabled_tls = !enabled; }
static inline bool adj_inference_mode(void) { return adj_inference_mode_tls; }
static inline void adj_set_inference_mode(bool enabled) { adj_inference_mode_tls = enabled; }
static inline void *adj_observer(void) { return adj_observer_tls; }
static inline void adj_set_observer(void *observer) { adj_observer_tls = observer; }
static inline void *adj_release_queue(void) { return adj_release_queue_tls; }
static inline void adj_set_release_queue(void *queue) { adj_release_queue_tls = queue; }
static inline const void *adj_module_call(void) { return adj_module_call_tls; }
static inline void adj_set_module_call(const void *call) { adj_module_call_tls = call; }

/// Swaps the reference in `slot`, which other threads may swap too, with the one in `other`.
static inline void adj_exchange_reference(void *slot, void *other) {
  *(void **)other = __atomic_exchange_n((void **)slot, *(void **)other, __ATOMIC_ACQ_REL);
}

/// Tells the processor that this thread spins.
static inline void adj_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Relaxed atomics cost nothing here, and a switch beside running kernels is then no data race.
static inline int adj_current_level(void) { return __atomic_load_n(&adj_level, __ATOMIC_RELAXED); }
static inline void adj_set_level(int level) { __atomic_store_n(&adj_level, level, __ATOMIC_RELAXED); }
