"""The cases of one family of operations, as PyTorch computes them.

A case is one call: inputs, arguments, the outputs, and where an input and an output are floating point the gradients
and second derivatives of fixed projections:

    L = sum over outputs k and elements i of y_k[i] * weight(i, k),        gradients = dL/dx_j
    M = sum over inputs j and elements i of (dL/dx_j)[i] * weight(i, j + 50),   second = dM/dx_j

with weight(i, k) = ((37 i + 11 k) mod 31 - 15.5) / 16, which never is 0. A file holds one vector per dtype, in which
equal arrays stand once, and as JSON in the metadata, under "cases", {operation: [case]}. A case's "in", "out", "grad"
and "grad2" list arrays as [dtype, offset, shape], null where nothing flows; "args" are the arguments by PyTorch's names
(infinities and NaN as text); "check" marks cases whose derivatives PyTorch's own gradcheck confirms by differences, so
that they lie off kinks and poles.

The outputs of float32 inputs are computed in float64 and then rounded, so that what counts is Adjoint's error alone.
"""

import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

INF, NAN = math.inf, math.nan
FLOATS = (torch.float64, torch.float32)
INTEGERS = (torch.int64, torch.int32, torch.uint8)
DTYPES = (*FLOATS, *INTEGERS, torch.bool)
SHAPES = ((), (1,), (5,), (0,), (2, 3), (2, 0, 3), (3, 1, 2), (2, 1, 3, 2))
# Shapes that broadcast with each other.
PAIRS = (((), ()), ((4,), ()), ((), (2, 3)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((2, 3), (2, 3)), ((0, 3), (1, 3)),
         ((3, 1, 2), (2, 1)), ((1,), (0,)))


def normal(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    return torch.randn(shape, dtype=torch.float64).to(dtype)


def uniform(low: float, high: float, *shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    return (torch.rand(shape, dtype=torch.float64) * (high - low) + low).to(dtype)


def integers(low: int, high: int, *shape: int, dtype: torch.dtype = torch.int64) -> Tensor:
    """Uniform on low..<high."""
    return torch.randint(low, high, shape).to(dtype)


def distinct(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    """In random order, at least 0.1 from each other and from zero."""
    count = math.prod(shape)
    return ((torch.randperm(count) - count // 2 + 0.5) * 0.25).reshape(shape).to(dtype)


def weights(like: Tensor, k: int) -> Tensor:
    i = torch.arange(like.numel())
    return (((37 * i + 11 * k) % 31 - 15.5) / 16).to(like.dtype).reshape(like.shape)


def listed(outputs: Any) -> list[Tensor]:
    if isinstance(outputs, Tensor):
        return [outputs]
    if isinstance(outputs, bool | int | float):
        return [torch.tensor(outputs)]
    return [tensor for output in outputs for tensor in listed(output)]


def projected(tensors: Sequence[Tensor | None], first: int) -> Tensor | None:
    """The weighted sum of those that depend on anything; None if none does."""
    terms = [(tensor * weights(tensor, first + k)).sum() for k, tensor in enumerate(tensors)
             if tensor is not None and tensor.requires_grad]
    return sum(terms) if terms else None


def derivatives(of: Tensor | None, leaves: list[Tensor], create_graph: bool) -> list[Tensor | None]:
    wanted = [leaf for leaf in leaves if leaf.requires_grad]
    if of is None or not wanted:
        return [None] * len(leaves)
    found = iter(torch.autograd.grad(of, wanted, create_graph=create_graph, allow_unused=True))
    return [next(found) if leaf.requires_grad else None for leaf in leaves]


class Book:
    """Collects cases and writes them to one file."""

    def __init__(self) -> None:
        self.arrays: dict[str, list[Tensor]] = {}
        self.ends: dict[str, int] = {}
        self.places: dict[tuple[str, bytes], int] = {}
        self.cases: dict[str, list[dict[str, Any]]] = {}

    @property
    def count(self) -> int:
        return sum(len(cases) for cases in self.cases.values())

    def case(self, operation: str, function: Callable[..., Any], inputs: Sequence[Tensor], *, gradients: bool = True,
             second: bool = True, wide: bool = True, **arguments: Any) -> None:
        """One call of `function(*inputs, **arguments)`. `gradients` and `second` ask for derivatives, where there are
        any; `wide` computes what comes of float32 in float64."""
        narrow = self.call(function, inputs, arguments, gradients, second)
        results = narrow
        if wide and any(x.dtype == torch.float32 for x in inputs):
            doubles = [x.double() if x.dtype == torch.float32 else x for x in inputs]
            exact = self.call(function, doubles, arguments, gradients, second)
            results = [[n if n is None else e.to(n.dtype) for e, n in zip(es, ns)] for es, ns in zip(exact, narrow)]
        case = {"in": [self.place(x) for x in inputs]}
        case |= {key: [self.place(x) for x in found] for key, found in zip(("out", "grad", "grad2"), results)
                 if key == "out" or any(x is not None for x in found)}
        if arguments:
            case["args"] = {key: encoded(value) for key, value in arguments.items()}
        cases = self.cases.setdefault(operation, [])
        if "grad" in case and not any("check" in other for other in cases):
            if smooth(function, inputs, arguments):
                case["check"] = 1
        cases.append(case)

    @staticmethod
    def call(function: Callable[..., Any], inputs: Sequence[Tensor], arguments: dict[str, Any], gradients: bool,
             second: bool) -> list[list[Tensor | None]]:
        """Outputs, gradients, second derivatives."""
        leaves = [x.detach().clone().requires_grad_(gradients and x.is_floating_point()) for x in inputs]
        outputs = listed(function(*leaves, **arguments))
        floats = [y if y.is_floating_point() else None for y in outputs]
        first = derivatives(projected(floats, 0), leaves, create_graph=second)
        try:
            seconds = derivatives(projected(first, 50), leaves, create_graph=False)
        except RuntimeError as error:
            assert "not implemented" in str(error) or "not differentiable" in str(error), error
            seconds = [None] * len(leaves)
        return [outputs, first, seconds]

    def place(self, tensor: Tensor | None) -> list[Any] | None:
        """Where the array stands, adding it if no equal one does."""
        if tensor is None:
            return None
        # By way of numpy: PyTorch's zeros that are not in memory can't be written.
        flat = torch.from_numpy(tensor.numpy(force=True).copy()).reshape(-1)
        dtype = str(tensor.dtype).removeprefix("torch.")
        key = (dtype, flat.numpy().tobytes())
        if key not in self.places:
            self.places[key] = self.ends.get(dtype, 0)
            self.ends[dtype] = self.places[key] + flat.numel()
            self.arrays.setdefault(dtype, []).append(flat)
        return [dtype, self.places[key], list(tensor.shape)]

    def save(self, path: Path) -> None:
        """Writes the file with sorted metadata: the library's own order of keys differs from run to run."""
        text = json.dumps(self.cases, sort_keys=True, separators=(",", ":"))
        vectors = {dtype: torch.cat(arrays) for dtype, arrays in self.arrays.items()}
        content = save(vectors, {"torch": torch.__version__.split("+")[0], "cases": text})
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
        header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        path.write_bytes(len(text).to_bytes(8, "little") + text + content[8 + size :])


def smooth(function: Callable[..., Any], inputs: Sequence[Tensor], arguments: dict[str, Any]) -> bool:
    """Whether differences confirm the derivatives of these float64 inputs."""
    if any(x.is_floating_point() and (x.dtype != torch.float64 or x.numel() < 2) for x in inputs):
        return False
    leaves = [x.detach().clone().requires_grad_(x.is_floating_point()) for x in inputs]
    def outputs(*x: Tensor) -> tuple[Tensor, ...]:
        return tuple(y for y in listed(function(*x, **arguments)) if y.is_floating_point() and y.requires_grad)
    return torch.autograd.gradcheck(outputs, leaves, raise_exception=False)


def encoded(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return [encoded(element) for element in value] if isinstance(value, list | tuple) else value
