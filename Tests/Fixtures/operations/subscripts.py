"""Subscripts.

A subscript's entries are the argument "entries": ["int", i], ["slice", from, to, step], ["new"], ["ellipsis"],
["bool", b], and ["array", k] for the k-th input, positions or a mask.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, float64, int32, int64

from .book import DTYPES, Book, integers, normal

S = slice(None)
T, F = True, False


def mask(*values: Any) -> Tensor:
    return torch.tensor(values if len(values) > 1 else values[0], dtype=torch.bool)


def at(*values: Any) -> Tensor:
    return torch.tensor(values, dtype=int64)


# Subscripts without repeated places, by shape.
SUBSCRIPTS: list[tuple[tuple[int, ...], tuple[Any, ...]]] = [
    ((4,), (2,)), ((4,), (-1,)), ((5,), (slice(1, 4),)), ((5,), (slice(-3, None),)), ((6,), (slice(1, None, 2),)),
    ((5,), (slice(4, 2),)), ((5,), (slice(-9, 9),)), ((3,), (None,)), ((3,), (...,)), ((), (None,)), ((), (...,)),
    ((), (...  , None)), ((3, 4), (1,)), ((3, 4), (-1, 2)), ((3, 4), (S, -2)),
    ((3, 4), (slice(1, None), slice(None, 2))),
    ((3, 4), (None, 1, None, slice(0, 4, 3))), ((2, 3, 2), (..., 1)), ((2, 3, 2), (0, ..., 1)),
    ((2, 3, 2), (S, slice(0, 3, 2), None)), ((0, 3), (S, 1)), ((2, 0), (0,)),
    # One array.
    ((4,), (at(2, 0),)), ((4,), (at(-1, 1, -4),)), ((5,), (at([0, 2], [-1, 1]),)), ((4,), (at(),)), ((4,), (at([2]),)),
    ((3, 4), (at(2, 0),)), ((3, 4), (S, at(3, 0, -2))), ((3, 4), (at([0, 2], [1, -3 + 3]).T[:1],)),
    ((3, 4), (1, at(2, 0))), ((3, 4), (at(0, 2), 1)), ((3, 4), (at(0, 2), slice(1, 3))),
    ((3, 4), (slice(0, 3, 2), at(1, 3))), ((3, 4), (..., at(1, 3))), ((3, 4), (at(1, 2), ...)),
    ((3, 4), (None, at(1, 0))), ((3, 4), (at(1, 0), None)), ((3, 4), (S, None, at(1, 0))),
    ((2, 3, 2), (S, at(2, 0), S)), ((2, 3, 2), (S, at([0, 1], [2, -3 + 3]).T[:, :1],)), ((2, 3, 2), (1, S, at(1, 0))),
    ((2, 3, 2), (..., at(1, 0))), ((2, 3, 2), (S, at(), S)), ((0, 3), (S, at(2, 1))), ((2, 0), (at(1, 0),)),
    ((3, 2), (at(1, 0).to(int32),)), ((3, 2), (torch.tensor(1),)), ((3, 2), (torch.tensor(-1), at(1, 0))),
    # Several arrays, side by side.
    ((3, 4), (at(0, 2), at(1, 3))), ((3, 4), (at([0], [2]), at(1, 3))), ((3, 4), (at(1), at(3, 0, 2))),
    ((3, 4), (at(-1, 0), at(-1, -4))), ((3, 4), (at(), at())), ((2, 3, 2), (at(0, 1), at(2, 2))),
    ((2, 3, 2), (S, at(0, 2), at(1, 0))), ((2, 3, 2), (..., at(0, 2), at(1, 0))),
    ((2, 3, 2), (at(1, 0), at(2, 0), at(0, 1))),
    ((2, 3, 2), (at(1, 0), at(2, 0), 1)), ((2, 3, 2), (1, at(2, 0), at(0, 1))), ((2, 3, 2), (None, at(1, 0), at(2, 0))),
    ((2, 2, 3), (slice(1, 2), at([0], [1]), at(2, 0))), ((2, 3, 2, 2), (S, at(0, 2), at(1, 0), slice(0, 1))),
    # Several arrays, apart: their axes come first.
    ((2, 3, 2), (at(0, 1), S, at(1, 1))), ((2, 3, 2), (at([0], [1]), S, at(0, 1))),
    ((2, 3, 2), (at(1, 0), ..., at(0, 1))),
    ((2, 3, 2), (at(1, 0), slice(0, 3, 2), at(0, 1))), ((2, 3, 2), (at(1, 0), None, at(2, 0))),
    ((2, 3, 2), (at(1, 0), None, S, at(1, 0))), ((2, 2, 3, 2), (S, at(0, 1), S, at(1, 0))),
    ((2, 2, 3, 2), (at(0, 1), 1, S, at(1, 0))), ((2, 2, 3, 2), (at(0, 1), S, 1, at(1, 0))),
    ((2, 2, 2, 2), (at(1), S, at(0), S)),
    # An integer among arrays.
    ((3, 2, 2), (0, S, at(0, 1))), ((3, 2, 2), (at(0, 2), S, 1)), ((3, 2, 2), (S, 1, at(1, 0))),
    ((2, 3, 2), (at(1, 0), 2)),
    ((2, 3, 2), (0, at(2, 1), 1)), ((2, 3, 2, 2), (at(1, 0), 2, at(0, 1))), ((3, 2, 2), (torch.tensor(2), S, at(0, 1))),
    # Masks.
    ((4,), (mask(T, F, T, T),)), ((4,), (mask(F, F, F, F),)), ((2, 3), (mask([T, F, T], [F, T, F]),)),
    ((3, 4), (mask(T, F, T),)), ((3, 4), (S, mask(T, F, F, T))), ((2, 3, 2), (mask([T, F, T], [F, T, F]),)),
    ((2, 3, 2), (S, mask([T, F], [F, T], [T, T]))), ((2, 3, 2), (0, mask([T, F], [F, T], [T, T]))),
    ((2, 3, 2), (..., mask(F, T))), ((2, 3, 2), (None, mask(F, T))), ((3, 4), (mask(T, F, T), 1)),
    ((3, 4), (mask(T, F, T), at(1, 3))), ((3, 4), (mask(T, F, T), mask(F, T, T, F))),
    ((3, 4), (at([0], [1]), mask(F, T, T, F))),
    ((2, 3, 2), (mask(T, T), S, at(1, 0))), ((2, 3, 2), (at(1), mask([T, F], [F, T], [T, T]))),
    ((0, 3), (mask([T]).new_zeros(0, 3),)),
    ((3, 2), (mask(T, F, T), slice(0, 1))), ((3, 2), (mask(T, F, T), None)),
    # A truth value is a mask of no axes.
    ((3,), (T,)), ((3,), (F,)), ((2, 3), (S, T)), ((2, 3), (T, 1)), ((2, 3), (T, at(1))), ((2, 3), (at(1, 0), T)),
    ((), (T,)), ((), (F,)),
    ((2, 3), (torch.tensor(True),)), ((), (torch.tensor(True),)), ((), (torch.tensor(False),)),
]
# Subscripts that read a place several times.
REPEATED: list[tuple[tuple[int, ...], tuple[Any, ...]]] = [
    ((4,), (at(1, 1, -3, 0),)), ((3, 4), (at(2, 0, 2),)), ((3, 4), (S, at([1, 1], [3, 1]))),
    ((3, 4), (at(0, 0, 2), at(1, 1, 1))),
    ((3, 4), (at([0], [0]), at(1, 3))), ((2, 3, 2), (at(0, 0), S, at(1, 1))), ((2, 3, 2), (S, at(1, 1), 0)),
    ((2, 3, 2), (at(1, -1), mask([T, F], [F, T], [F, F]))), ((3, 4), (mask(T, F, T), at(1))),
    ((2, 3), (at(0, 1, 0), T)),
]


def taken_apart(index: tuple[Any, ...], first: int) -> tuple[list[Any], list[Tensor]]:
    """A subscript as entries and the tensors among them, which are the inputs from number `first` on."""
    entries: list[Any] = []
    arrays: list[Tensor] = []
    for entry in index:
        if isinstance(entry, Tensor):
            entries.append(["array", first + len(arrays)])
            arrays.append(entry)
        elif isinstance(entry, bool):
            entries.append(["bool", entry])
        elif isinstance(entry, slice):
            entries.append(["slice", entry.start, entry.stop, entry.step or 1])
        else:
            entries.append(["new"] if entry is None else ["ellipsis"] if entry is ... else ["int", entry])
    return entries, arrays


def put_together(entries: Sequence[Any], inputs: Sequence[Tensor]) -> tuple[Any, ...]:
    made = {"int": lambda i: i, "bool": lambda b: b, "new": lambda: None, "ellipsis": lambda: ..., "slice": slice,
            "array": lambda k: inputs[k]}
    return tuple(made[entry[0]](*entry[1:]) for entry in entries)


def read(*inputs: Tensor, entries: Sequence[Any]) -> Tensor:
    return inputs[0][put_together(entries, inputs)]


def write(*inputs: Tensor, entries: Sequence[Any]) -> Tensor:
    y = inputs[0].clone()
    y[put_together(entries, inputs)] = inputs[1]
    return y


def add(*inputs: Tensor, entries: Sequence[Any]) -> Tensor:
    x = inputs[0]
    # Numbers the places of what the subscript reads, since index_put takes arrays alone.
    numbers = torch.arange(x.numel()).reshape(x.shape)[put_together(entries, inputs)]
    return x.flatten().index_put((numbers,), inputs[1].expand(numbers.shape), accumulate=True).reshape(x.shape)


def subscripts(book: Book) -> None:
    def value(shape: torch.Size, turn: int, dtype: torch.dtype = float64) -> Tensor:
        """A value that broadcasts to a shape, of several forms by turns."""
        sizes = [list(shape), [], list(shape)[-1:], [1] * len(shape),
                 [1] * max(0, len(shape) - 1) + list(shape)[-1:]][turn % 5]
        return normal(*sizes, dtype=dtype)

    for turn, (shape, index) in enumerate(SUBSCRIPTS + REPEATED):
        x = normal(*shape)
        entries, arrays = taken_apart(index, 1)
        book.case("getitem", read, [x, *arrays], entries=entries)
        entries, arrays = taken_apart(index, 2)
        result = x[index]
        if turn < len(SUBSCRIPTS):
            book.case("setitem", write, [x, value(result.shape, turn), *arrays], entries=entries)
            book.case("setitem_in_place", write, [x, value(result.shape, turn + 2), *arrays], gradients=False,
                      entries=entries)
        if turn % 3 == 0 or turn >= len(SUBSCRIPTS):
            book.case("index_put_accumulate", add, [x, value(result.shape, turn), *arrays], entries=entries)
    for dtype in DTYPES[1:]:
        x = integers(0, 9, 3, 2).to(dtype)
        for index in ((1,), (at(2, 0),), (mask([T, F], [F, T], [T, T]),)):
            entries, arrays = taken_apart(index, 1)
            book.case("getitem", read, [x, *arrays], entries=entries)
            entries, arrays = taken_apart(index, 2)
            book.case("setitem_in_place", write, [x, integers(0, 9).to(dtype), *arrays], gradients=False,
                      entries=entries)
        if dtype != torch.bool:
            entries, arrays = taken_apart((at(2, 0, 2),), 2)
            book.case("index_put_accumulate", add, [x, integers(0, 9, 3, 2).to(dtype), *arrays], entries=entries)
    # A value with leading axes of size 1 more than the place has.
    for shape, index, sizes in (((3, 2), (1,), (1, 2)), ((3, 2), (at(1, 0),), (1, 1, 2, 2)),
                                ((4,), (mask(T, F, T, F),), (1, 2))):
        entries, arrays = taken_apart(index, 2)
        book.case("setitem", write, [normal(*shape), normal(*sizes), *arrays], entries=entries)
    for shape in ((3,), (2, 3), (2, 2, 2)):
        book.case("read_twice", lambda x: x[0] + x[0], [normal(*shape)])
        book.case("read_overlapping", lambda x: x[:2] * x[-2:], [normal(*shape)])
