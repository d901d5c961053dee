"""numpy's side of compare.py: serves the workloads without gradients.

The number of threads of its BLAS comes from OPENBLAS_NUM_THREADS; its elementwise functions always run on one.
"""

import os
from collections.abc import Callable
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


def matmul(size: str) -> Call:
    return partial(np.matmul, normal(int(size), int(size)), normal(int(size), int(size)))


def elementwise(operation: str, size: str) -> Call:
    if operation in BINARY:
        return partial(BINARY[operation], normal(int(size)), normal(int(size)))
    return partial(UNARY[operation], normal(int(size)))


# A workload's name is FAMILY/ARGUMENT/…; the family's function prepares its call.
FAMILIES: dict[str, Callable[..., Call]] = {"matmul": matmul, "elementwise": elementwise}


def prepare(name: str) -> tuple[Call, int]:
    family, *arguments = name.split("/")
    return FAMILIES[family](*arguments), 1


if __name__ == "__main__":
    serve(prepare, int(os.environ.get("OPENBLAS_NUM_THREADS", "1")))
