"""The shapes and axes of reductions, and their samples."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .book import FLOATS, INF, NAN, Book, distinct, integers, normal

# Shapes with the axes to reduce and whether they stay; None stands for all axes.
REDUCED = (((), None, False), ((), [0], False), ((5,), None, False), ((5,), [-1], True), ((2, 3), None, False),
           ((2, 3), [0], False), ((2, 3), [1], True), ((3, 1, 2), [0, 2], False), ((2, 1, 3, 2), [1, -1], True),
           ((2, 3, 2), [1], False), ((2, 3, 2), [-3, 2], False), ((0, 3), [1], False), ((2, 17), [1], False))
# Some of them with nothing to reduce, which not every operation takes.
EMPTY = (((0,), None, False), ((2, 0, 3), [1], False), ((2, 0, 3), [1, 2], True), ((0, 3), [0], True))
# Shapes with one axis, counted from either end.
LINES = (((), 0), ((1,), 0), ((5,), 0), ((5,), -1), ((2, 3), 0), ((2, 3), 1), ((3, 1, 2), 0), ((2, 3, 2), 1),
         ((2, 3, 2), -2), ((3, 1, 2), 1), ((0, 3), 1), ((2, 9), -1))
EMPTY_LINES = (((0,), 0), ((2, 0, 3), 1))
SPECIAL = ([1.0, NAN, 2.0], [INF, -INF, 0.0], [INF, 1.0, INF], [-0.0, 0.0, -0.0], [NAN, NAN, NAN], [-INF, -INF, -INF])


def filled(shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    """Small numbers, with zeros and repetitions among the integers."""
    if dtype.is_floating_point:
        return normal(*shape, dtype=dtype)
    low, high = (0, 2) if dtype == torch.bool else (0, 4) if dtype == torch.uint8 else (-3, 4)
    return integers(low, high, *shape, dtype=dtype)


def reduction(book: Book, name: str, function: Callable[..., Any], sample: Callable[..., Tensor], *,
              empty: bool = True, keeps: bool = True) -> None:
    """Every kind of axes, in float64."""
    for shape, dim, keepdim in (*REDUCED, *(EMPTY if empty else ())):
        arguments = {"dim": dim} if dim is not None else {}
        if keepdim and keeps:
            arguments["keepdim"] = True
        book.case(name, function, [sample(*shape)], **arguments)


def of_dtypes(book: Book, name: str, function: Callable[..., Any], dtypes: tuple[torch.dtype, ...],
              **arguments: Any) -> None:
    for dtype in dtypes:
        book.case(name, function, [filled((3, 4), dtype)], **arguments)


def of_specials(book: Book, name: str, function: Callable[..., Any], **arguments: Any) -> None:
    """Infinities, NaN, zeros of both signs: values only, for PyTorch's derivatives there are accidents."""
    for row in SPECIAL:
        for dtype in FLOATS:
            book.case(name, function, [torch.tensor(row, dtype=dtype)], gradients=False, **arguments)


def with_nan(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    x = distinct(*shape)
    return torch.where(torch.arange(x.numel()).reshape(shape) % 5 == 1, NAN, x).to(dtype)
