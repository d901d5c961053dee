"""How cases of losses are made: the inputs are those of the call, then the constants that "given" names."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from layers.layer_book import LayerBook
from operations.book import FLOATS, integers, normal

REDUCTIONS = ("mean", "sum", "none")
EXTREME = torch.tensor([[1e4, -1e4, 0.0], [-1e4, 1e4, 1e4], [-1e4, -1e4, -1e4], [1e4, 1e4, -1e4]]).double()
Function = Callable[..., Tensor]
# Every reduction in both types; and what shows an option.
ALL = tuple(itertools.product(FLOATS, REDUCTIONS))
SOME = ((torch.float64, "none"), (torch.float32, "mean"))
NONE = tuple((dtype, "none") for dtype in FLOATS)


def weighted(function: Function) -> Function:
    """`function` of some inputs and of constants by name."""
    def call(*inputs: Tensor, given: Sequence[str] = (), **options: Any) -> Tensor:
        count = len(inputs) - len(given)
        constants = {name: x.detach() for name, x in zip(given, inputs[count:])}
        return function(*inputs[:count], **constants, **options)
    return call


def labelled(function: Function) -> Function:
    """`function` with integers as its last operand."""
    def call(*inputs: Tensor, given: Sequence[str] = (), **options: Any) -> Tensor:
        count = len(inputs) - len(given)
        last = inputs[count - 1].to(inputs[0].dtype)
        return weighted(function)(*inputs[: count - 1], last, *inputs[count:], given=given, **options)
    return call


def signs(*shape: int) -> Tensor:
    return 2 * integers(0, 2, *shape) - 1


def record(book: LayerBook, name: str, function: Function, *inputs: Tensor,
           runs: Sequence[tuple[torch.dtype, str]] = SOME, gradients: bool = True, **options: Any) -> None:
    """One case for each run."""
    for dtype, reduction in runs:
        typed = [x.to(dtype) if x.is_floating_point() else x for x in inputs]
        book.case(name, weighted(function), typed, gradients=gradients, second=False, reduction=reduction, **options)


def elementwise(book: LayerBook, name: str, function: Function, *inputs: Tensor, **options: Any) -> None:
    """A matrix, and then a line, a scalar, more axes and no elements."""
    record(book, name, function, *inputs, runs=ALL, **options)
    for cut in (lambda x: x[:1], lambda x: x[0, 0], lambda x: x.T[None]):
        record(book, name, function, *map(cut, inputs), **options)
    record(book, name, function, *(x[:0] for x in inputs), runs=[(torch.float64, "sum")], **options)
