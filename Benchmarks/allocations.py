#!/usr/bin/env python3
"""Counts the heap allocations of a workload: how often it calls malloc, calloc, realloc or an aligned form of them.

    python3 Benchmarks/allocations.py [WORKLOAD …]        (overhead/ workloads unless named)

A small C library, compiled here with the toolchain's clang and loaded before the C library, counts the calls. What starting
up and preparing cost is taken off: the count is the difference of two runs, divided by the parts of the units between them.
Linux only. ADJOINT_BENCH names another bench executable; then nothing is built.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

COUNTER = r"""
#define _GNU_SOURCE
#include <stddef.h>
#include <stdio.h>
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
    *__libc_memalign(size_t, size_t);
static long calls;
#define COUNT __atomic_fetch_add(&calls, 1, __ATOMIC_RELAXED)
void *malloc(size_t n) { COUNT; return __libc_malloc(n); }
void *calloc(size_t n, size_t size) { COUNT; return __libc_calloc(n, size); }
void *realloc(void *p, size_t n) { COUNT; return __libc_realloc(p, n); }
void *memalign(size_t a, size_t n) { COUNT; return __libc_memalign(a, n); }
void *aligned_alloc(size_t a, size_t n) { COUNT; return __libc_memalign(a, n); }
int posix_memalign(void **p, size_t a, size_t n) { COUNT; *p = __libc_memalign(a, n); return *p ? 0 : 12; }
__attribute__((destructor)) static void report(void) { fprintf(stderr, "%ld\n", calls); }
"""


def bench() -> Path:
    if chosen := os.environ.get("ADJOINT_BENCH"):
        return Path(chosen)
    build = ["swift", "build", "-c", "release", "--product", "bench"]
    subprocess.run(build, cwd=ROOT, check=True, stdout=sys.stderr)
    folder = subprocess.run([*build, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Path(folder.strip()) / "bench"


def calls(program: Path, counter: Path, workload: str, units: int) -> tuple[int, int]:
    """The allocations of a whole run, and the parts of a unit."""
    environment = os.environ | {"LD_PRELOAD": str(counter), "ADJOINT_NUM_THREADS": "1"}
    command = [str(program), "--units", str(units), workload]
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"allocations.py: {result.stderr.strip()}")
    return int(result.stderr.split()[-1]), json.loads(result.stdout)["count"]


def main() -> None:
    program = bench()
    listed = subprocess.run([program, "--list"], capture_output=True, text=True, check=True).stdout.split()
    names = sys.argv[1:] or [name for name in listed if name.startswith("overhead/")]
    with tempfile.TemporaryDirectory() as folder:
        source, counter = Path(folder) / "counter.c", Path(folder) / "counter.so"
        source.write_text(COUNTER)
        subprocess.run(["clang", "-O1", "-shared", "-fPIC", "-fno-builtin", "-o", counter, source], check=True)
        for name in names:
            (few, count), (many, _) = (calls(program, counter, name, units) for units in (10, 110))
            print(f"{name:32} {(many - few) / (100 * count):8.2f} allocations")


if __name__ == "__main__":
    main()
