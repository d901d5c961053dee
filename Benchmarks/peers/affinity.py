"""Confines the process to as many processors as OMP_NUM_THREADS says. To be imported before a library that goes by it.

JAX and MLX have no option for their number of threads; XLA makes as many as it finds processors.
"""

import os

THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))

if hasattr(os, "sched_setaffinity"):  # not on macOS, where these libraries take all processors
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:THREADS])
