"""numpy's side of compare.py: serves the workloads without gradients.

The number of threads of its BLAS comes from OPENBLAS_NUM_THREADS; its elementwise functions always run on one.
"""

import os
from functools import partial

import numpy as np
from serve import Call, serve

BINARY = {"add": np.add, "mul": np.multiply}
UNARY = {
    "exp": np.exp,
    "tanh": np.tanh,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
}
GENERATOR = np.random.default_rng(0)


def normal(*shape: int) -> np.ndarray:
    return GENERATOR.standard_normal(shape, dtype=np.float32)


def prepare(name: str) -> tuple[Call, int]:
    match name.split("/"):
        case ["matmul", size]:
            return partial(np.matmul, normal(int(size), int(size)), normal(int(size), int(size))), 1
        case ["elementwise", operation, size] if operation in BINARY:
            return partial(BINARY[operation], normal(int(size)), normal(int(size))), 1
        case ["elementwise", operation, size] if operation in UNARY:
            return partial(UNARY[operation], normal(int(size))), 1
    raise LookupError(name)


if __name__ == "__main__":
    serve(prepare, int(os.environ.get("OPENBLAS_NUM_THREADS", "1")))
