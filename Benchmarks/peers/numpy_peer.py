"""numpy's side of compare.py: serves the workloads without gradients, and networks whose gradients are by hand.

The number of threads of its BLAS comes from OPENBLAS_NUM_THREADS; its elementwise functions always run on one.
"""

import os
from collections.abc import Callable
from functools import partial

import numpy as np
import numpy_steps
from serve import Call, main

BINARY = {"add": np.add, "mul": np.multiply, "maximum": np.maximum, "lt": np.less, "pow": np.power}
UNARY = {
    **{name: getattr(np, name) for name in "abs sign exp expm1 sin cos tanh log log1p sqrt".split()},
    "clamp": lambda x: np.clip(x, -1, 1),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "pow2.5": lambda x: np.power(x, np.float32(2.5)),
}
POSITIVE = {"log", "log1p", "sqrt", "pow", "pow2.5"}  # functions of positive numbers
REDUCE = {
    "sum": lambda x: x.sum(),
    "sum-rows": lambda x: x.sum(1),
    "sum-columns": lambda x: x.sum(0),
    "sum-transposed": lambda x: x.T.sum(0),
    "max": lambda x: x.max(),
    "max-rows": lambda x: x.max(1),
    "max-columns": lambda x: x.max(0),
    "var-rows": lambda x: x.var(1, ddof=1),
    "var-columns": lambda x: x.var(0, ddof=1),
    "argmax-rows": lambda x: x.argmax(1),
    "argmax-columns": lambda x: x.argmax(0),
}
GENERATOR = np.random.default_rng(0)


def normal(*shape: int) -> np.ndarray:
    return GENERATOR.standard_normal(shape, dtype=np.float32)


def matmul(sizes: str, layout: str = "nn") -> Call:
    *batch, m, k, n = [int(size) for size in sizes.split("x")] if "x" in sizes else [int(sizes)] * 3
    a = normal(*batch, k, m).swapaxes(-1, -2) if layout[0] == "t" else normal(*batch, m, k)
    b = normal(*batch, n, k).swapaxes(-1, -2) if layout[1] == "t" else normal(*batch, k, n)
    return partial(np.matmul, a, b)


def linear(sizes: str) -> Call:
    batch, inputs, outputs = map(int, sizes.split("x"))
    x, weight, bias = normal(batch, inputs), normal(outputs, inputs), normal(outputs)
    return lambda: x @ weight.T + bias


def elementwise(operation: str, size: str) -> Call:
    x, y = normal(int(size)), normal(int(size))
    if operation == "where":
        return partial(np.where, x > 0, x, y)
    x = np.abs(x) if operation in POSITIVE else x
    return partial(BINARY[operation], x, y) if operation in BINARY else partial(UNARY[operation], x)


def movement(operation: str, *arguments: str) -> Call:
    if operation == "cast":
        x = normal(1_000_000) if arguments[0] == "float32" else GENERATOR.integers(0, 256, 1_000_000, np.uint8)
        return partial(x.astype, arguments[1])
    shape = [int(size) for size in arguments[0].split("x")]
    x = normal(*shape)
    match operation:
        case "transpose":
            return lambda: np.ascontiguousarray(x.T)
        case "permute":
            return lambda: np.ascontiguousarray(x.transpose(0, 3, 1, 2))
        case "heads":
            return lambda: np.ascontiguousarray(x.transpose(0, 2, 1, 3))
        case "concat":
            return partial(np.concatenate, (x, normal(*shape)), axis=1)
        case "pad":
            return partial(np.pad, x, ((0, 0), (0, 0), (1, 1), (1, 1)))
        case "embedding":
            return partial(normal(10_000, shape[1]).take, GENERATOR.integers(0, 10_000, shape[0]), axis=0)
    raise LookupError(operation)


def cumsum(shape: str, lines: str) -> Call:
    return partial(np.cumsum, normal(*map(int, shape.split("x"))), axis={"rows": 1, "columns": 0}[lines])


def sorting(operation: Callable[[np.ndarray], object], shape: str) -> Call:
    return partial(operation, normal(*map(int, shape.split("x"))))


def linear_algebra(operation: str, size: str) -> Call:
    """Of a positive definite matrix."""
    x = normal(int(size), int(size))
    a = x @ x.T + np.eye(int(size), dtype=x.dtype)
    if operation == "solve":
        return partial(np.linalg.solve, a, a.T)
    return partial(getattr(np.linalg, {"inverse": "inv"}.get(operation, operation)), a)


def reduce(operation: str, size: str) -> Call:
    return partial(REDUCE[operation], normal(*map(int, size.split("x"))))


# A workload's name is FAMILY/ARGUMENT/…; the family's function prepares its call.
FAMILIES: dict[str, Callable[..., Call]] = {
    "matmul": matmul,
    "elementwise": elementwise,
    "movement": movement,
    "cumsum": cumsum,
    "sort": partial(sorting, np.sort),
    "argsort": partial(sorting, np.argsort),
    "linalg": linear_algebra,
    "reduce": reduce,
    **{f"matmul-{layout}": partial(matmul, layout=layout) for layout in ("nt", "tn", "tt")},
    "linear": linear,
    "step": numpy_steps.step,
    "inference": numpy_steps.inference,
}


def prepare(name: str) -> tuple[Call, int]:
    family, *arguments = name.split("/")
    return FAMILIES[family](*arguments), 1


if __name__ == "__main__":
    main(prepare, int(os.environ.get("OPENBLAS_NUM_THREADS", "1")))
