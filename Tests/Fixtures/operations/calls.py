"""Calls by the shapes of their inputs."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

from .book import DTYPES, Book, integers, normal

Shapes = tuple[int, ...] | list[tuple[int, ...]]


def sample(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    return normal(*shape, dtype=dtype) if dtype.is_floating_point else integers(0, 90, *shape).remainder(7).to(dtype)


def samples(shapes: Shapes, dtype: torch.dtype = torch.float64) -> list[Tensor]:
    """One tensor of a shape, or one for each of a list of shapes."""
    return [sample(*shape, dtype=dtype) for shape in (shapes if isinstance(shapes, list) else [shapes])]


def family(book: Book, name: str, function: Callable[..., Any], calls: Iterable[tuple[Shapes, dict[str, Any]]]) -> None:
    """Each call with float64 inputs, the first with every other dtype too."""
    calls = list(calls)
    for shapes, arguments in calls:
        book.case(name, function, samples(shapes), **arguments)
    shapes, arguments = calls[0]
    for dtype in DTYPES[1:]:
        book.case(name, function, samples(shapes, dtype), **arguments)
