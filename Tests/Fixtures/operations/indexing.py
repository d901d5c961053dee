"""Subscripts; gathering and scattering; sorting and searching; counting.

A subscript's entries are the argument "entries": ["int", i], ["slice", from, to, step], ["new"], ["ellipsis"], ["bool", b],
and ["array", k] for the k-th input, positions or a mask.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, float32, float64, int32, int64, uint8

from .book import DTYPES, INF, NAN, Book, distinct, integers, normal, uniform

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
    ((), (...  , None)), ((3, 4), (1,)), ((3, 4), (-1, 2)), ((3, 4), (S, -2)), ((3, 4), (slice(1, None), slice(None, 2))),
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
    ((2, 3, 2), (S, at(0, 2), at(1, 0))), ((2, 3, 2), (..., at(0, 2), at(1, 0))), ((2, 3, 2), (at(1, 0), at(2, 0), at(0, 1))),
    ((2, 3, 2), (at(1, 0), at(2, 0), 1)), ((2, 3, 2), (1, at(2, 0), at(0, 1))), ((2, 3, 2), (None, at(1, 0), at(2, 0))),
    ((2, 2, 3), (slice(1, 2), at([0], [1]), at(2, 0))), ((2, 3, 2, 2), (S, at(0, 2), at(1, 0), slice(0, 1))),
    # Several arrays, apart: their axes come first.
    ((2, 3, 2), (at(0, 1), S, at(1, 1))), ((2, 3, 2), (at([0], [1]), S, at(0, 1))), ((2, 3, 2), (at(1, 0), ..., at(0, 1))),
    ((2, 3, 2), (at(1, 0), slice(0, 3, 2), at(0, 1))), ((2, 3, 2), (at(1, 0), None, at(2, 0))),
    ((2, 3, 2), (at(1, 0), None, S, at(1, 0))), ((2, 2, 3, 2), (S, at(0, 1), S, at(1, 0))),
    ((2, 2, 3, 2), (at(0, 1), 1, S, at(1, 0))), ((2, 2, 3, 2), (at(0, 1), S, 1, at(1, 0))),
    ((2, 2, 2, 2), (at(1), S, at(0), S)),
    # An integer among arrays.
    ((3, 2, 2), (0, S, at(0, 1))), ((3, 2, 2), (at(0, 2), S, 1)), ((3, 2, 2), (S, 1, at(1, 0))), ((2, 3, 2), (at(1, 0), 2)),
    ((2, 3, 2), (0, at(2, 1), 1)), ((2, 3, 2, 2), (at(1, 0), 2, at(0, 1))), ((3, 2, 2), (torch.tensor(2), S, at(0, 1))),
    # Masks.
    ((4,), (mask(T, F, T, T),)), ((4,), (mask(F, F, F, F),)), ((2, 3), (mask([T, F, T], [F, T, F]),)),
    ((3, 4), (mask(T, F, T),)), ((3, 4), (S, mask(T, F, F, T))), ((2, 3, 2), (mask([T, F, T], [F, T, F]),)),
    ((2, 3, 2), (S, mask([T, F], [F, T], [T, T]))), ((2, 3, 2), (0, mask([T, F], [F, T], [T, T]))),
    ((2, 3, 2), (..., mask(F, T))), ((2, 3, 2), (None, mask(F, T))), ((3, 4), (mask(T, F, T), 1)),
    ((3, 4), (mask(T, F, T), at(1, 3))), ((3, 4), (mask(T, F, T), mask(F, T, T, F))), ((3, 4), (at([0], [1]), mask(F, T, T, F))),
    ((2, 3, 2), (mask(T, T), S, at(1, 0))), ((2, 3, 2), (at(1), mask([T, F], [F, T], [T, T]))), ((0, 3), (mask([T]).new_zeros(0, 3),)),
    ((3, 2), (mask(T, F, T), slice(0, 1))), ((3, 2), (mask(T, F, T), None)),
    # A truth value is a mask of no axes.
    ((3,), (T,)), ((3,), (F,)), ((2, 3), (S, T)), ((2, 3), (T, 1)), ((2, 3), (T, at(1))), ((2, 3), (at(1, 0), T)), ((), (T,)), ((), (F,)),
    ((2, 3), (torch.tensor(True),)), ((), (torch.tensor(True),)), ((), (torch.tensor(False),)),
]
# Subscripts that read a place several times.
REPEATED: list[tuple[tuple[int, ...], tuple[Any, ...]]] = [
    ((4,), (at(1, 1, -3, 0),)), ((3, 4), (at(2, 0, 2),)), ((3, 4), (S, at([1, 1], [3, 1]))), ((3, 4), (at(0, 0, 2), at(1, 1, 1))),
    ((3, 4), (at([0], [0]), at(1, 3))), ((2, 3, 2), (at(0, 0), S, at(1, 1))), ((2, 3, 2), (S, at(1, 1), 0)),
    ((2, 3, 2), (at(1, -1), mask([T, F], [F, T], [F, F]))), ((3, 4), (mask(T, F, T), at(1))), ((2, 3), (at(0, 1, 0), T)),
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
        sizes = [list(shape), [], list(shape)[-1:], [1] * len(shape), [1] * max(0, len(shape) - 1) + list(shape)[-1:]][turn % 5]
        return normal(*sizes, dtype=dtype)

    for turn, (shape, index) in enumerate(SUBSCRIPTS + REPEATED):
        x = normal(*shape)
        entries, arrays = taken_apart(index, 1)
        book.case("getitem", read, [x, *arrays], entries=entries)
        entries, arrays = taken_apart(index, 2)
        result = x[index]
        if turn < len(SUBSCRIPTS):
            book.case("setitem", write, [x, value(result.shape, turn), *arrays], entries=entries)
            book.case("setitem_in_place", write, [x, value(result.shape, turn + 2), *arrays], gradients=False, entries=entries)
        if turn % 3 == 0 or turn >= len(SUBSCRIPTS):
            book.case("index_put_accumulate", add, [x, value(result.shape, turn), *arrays], entries=entries)
    for dtype in DTYPES[1:]:
        x = integers(0, 9, 3, 2).to(dtype)
        for index in ((1,), (at(2, 0),), (mask([T, F], [F, T], [T, T]),)):
            entries, arrays = taken_apart(index, 1)
            book.case("getitem", read, [x, *arrays], entries=entries)
            entries, arrays = taken_apart(index, 2)
            book.case("setitem_in_place", write, [x, integers(0, 9).to(dtype), *arrays], gradients=False, entries=entries)
        if dtype != torch.bool:
            entries, arrays = taken_apart((at(2, 0, 2),), 2)
            book.case("index_put_accumulate", add, [x, integers(0, 9, 3, 2).to(dtype), *arrays], entries=entries)
    # A value with leading axes of size 1 more than the place has.
    for shape, index, sizes in (((3, 2), (1,), (1, 2)), ((3, 2), (at(1, 0),), (1, 1, 2, 2)), ((4,), (mask(T, F, T, F),), (1, 2))):
        entries, arrays = taken_apart(index, 2)
        book.case("setitem", write, [normal(*shape), normal(*sizes), *arrays], entries=entries)
    for shape in ((3,), (2, 3), (2, 2, 2)):
        book.case("read_twice", lambda x: x[0] + x[0], [normal(*shape)])
        book.case("read_overlapping", lambda x: x[:2] * x[-2:], [normal(*shape)])


def by_number(book: Book) -> None:
    for shape, index in (((4,), at(2, 0, 2)), ((2, 3), at([0, 5], [3, -1])), ((2, 3), at(-6)), ((2, 3), torch.tensor(4)),
                         ((2, 3), at()), ((), at(0, -1)), ((2, 1, 3), at([[5], [0]])), ((2, 3), at(1, 2).to(int64))):
        book.case("take", torch.take, [normal(*shape), index])
    for dtype in DTYPES[1:]:
        book.case("take", torch.take, [integers(0, 9, 2, 2).to(dtype), at(3, 0)])
    for accumulate in (False, True):
        for shape, index in (((4,), at(2, 0)), ((2, 3), at([0, 5], [3, -2])), ((2, 3), at(-6)), ((2, 3), torch.tensor(4)),
                             ((2, 3), at()), ((), at(0)), ((2, 1, 3), at([[5], [0]]))):
            book.case("put", torch.Tensor.put, [normal(*shape), index, normal(*index.shape)], accumulate=accumulate)
        book.case("put", torch.Tensor.put, [integers(0, 9, 3), at(1, 2), integers(0, 9, 2)], accumulate=accumulate)
    book.case("put", torch.Tensor.put, [normal(4), at(2, 1, 2, -2), normal(4)], accumulate=True)
    for shape, sizes, dim in (((2, 3), (2, 2), 1), ((2, 3), (1, 2), 1), ((2, 3), (4, 1), 0), ((1, 3), (2, 2), -1), ((4,), (6,), 0),
                              ((2, 1, 2), (1, 3, 2), 1), ((2, 0), (2, 0), 0), ((2, 1, 3), (2, 2, 2), 2)):
        low = -shape[dim]
        book.case("take_along_dim", torch.take_along_dim, [normal(*shape), integers(low, max(shape[dim], low + 1), *sizes)], dim=dim)
    for shape, sizes in (((2, 3), (4,)), ((4,), (2, 2)), ((2, 2), (2, 2)), ((), (2,))):
        book.case("take_along_dim", torch.take_along_dim, [normal(*shape), integers(0, torch.Size(shape).numel(), *sizes)], dim=None)
    for shape, numbers in (((2, 3), at(0, 5, 3)), ((2, 3), at([1], [4])), ((7,), at(6, 0)), ((2, 1, 4), at(7, 2)), ((2, 3), torch.tensor(4)),
                           ((3, 2), at()), ((2, 2, 2, 2), at(0, 15, 9)), ((4, 3), at(11, 2).to(int32))):
        book.case("unravel_index", lambda i, shape: torch.unravel_index(i.long(), tuple(shape)), [numbers], shape=list(shape))


def along_axis(book: Book) -> None:
    gathers = (((4,), (3,), 0), ((2, 3), (2, 4), 1), ((2, 3), (2, 3), 0), ((2, 3), (1, 2), -1), ((2, 3), (2, 0), 1), ((3, 2, 2), (2, 1, 2), 0),
               ((2, 3, 2), (2, 4, 2), 1), ((2, 3, 2), (2, 2, 3), -1), ((), (), 0), ((), (3,), 0), ((4,), (), 0), ((0, 3), (0, 2), 1))
    for shape, sizes, dim in gathers:
        n = shape[dim] if shape else 1
        book.case("gather", lambda x, index, dim: x.gather(dim, index), [normal(*shape), integers(0, n, *sizes)], dim=dim)
    for dtype in DTYPES[1:]:
        book.case("gather", lambda x, index, dim: x.gather(dim, index), [integers(0, 9, 2, 3).to(dtype), integers(0, 3, 2, 2)], dim=1)
    for shape, index, dim in (((4,), at(2, 0, 2), 0), ((3, 2), at(1, 1), 0), ((2, 3), at(2, 0, 1, 2), 1), ((2, 3, 2), at(0, 2), -2), ((2, 3), at(), 1),
                              ((2, 3), torch.tensor(1), 1), ((), at(0), 0), ((0, 3), at(1), 1), ((2, 2), at(1, 0).to(int32), 0)):
        book.case("index_select", lambda x, index, dim: x.index_select(dim, index), [normal(*shape), index], dim=dim)
        count = max(index.numel(), 0)
        sizes = list(shape)
        if sizes:
            sizes[dim] = count
        source = normal(*sizes)
        book.case("index_add", lambda x, index, source, dim, alpha: x.index_add(dim, index, source, alpha=alpha),
                  [normal(*shape), index, source], dim=dim, alpha=1)
        book.case("index_add", lambda x, index, source, dim, alpha: x.index_add(dim, index, source, alpha=alpha),
                  [normal(*shape), index, source], dim=dim, alpha=-1.5)
    for dtype in (float32, int64, int32, uint8):
        book.case("index_select", lambda x, index, dim: x.index_select(dim, index), [integers(0, 9, 3, 2).to(dtype), at(2, 0)], dim=0)
        book.case("index_add", lambda x, index, source, dim, alpha: x.index_add(dim, index, source, alpha=alpha),
                  [integers(0, 9, 3, 2).to(dtype), at(2, 0, 2), integers(0, 9, 3, 2).to(dtype)], dim=0, alpha=2)
    for shape, index, dim in (((4,), at(2, 0), 0), ((3, 2), at(1), 0), ((2, 3), at(2, 0), 1), ((2, 3, 2), at(0, 2), -2), ((2, 3), at(), 1),
                              ((), at(0), 0), ((0, 3), at(1), 1)):
        sizes = list(shape)
        if sizes:
            sizes[dim] = index.numel()
        book.case("index_copy", lambda x, index, source, dim: x.index_copy(dim, index, source), [normal(*shape), index, normal(*sizes)], dim=dim)
        for value in (-2.5, INF):
            book.case("index_fill", lambda x, index, dim, value: x.index_fill(dim, index, value), [normal(*shape), index], dim=dim, value=value)
        book.case("index_fill_tensor", lambda x, index, value, dim: x.index_fill(dim, index, value), [normal(*shape), index, normal()], dim=dim)
    book.case("index_fill", lambda x, index, dim, value: x.index_fill(dim, index, value), [integers(0, 9, 2, 3), at(-1, 0)], dim=1, value=7.0)
    book.case("index_copy", lambda x, index, source, dim: x.index_copy(dim, index, source),
              [integers(0, 9, 3), at(2, 0), integers(0, 9, 2)], dim=0)
    for shape, dim, index in (((3,), 0, 1), ((2, 3), 0, -1), ((2, 3), 1, 2), ((2, 3, 2), 1, 0), ((2, 3, 2), -1, -2), ((0, 3), 1, 1)):
        sizes = list(shape)
        del sizes[dim]
        book.case("select_scatter", torch.select_scatter, [normal(*shape), normal(*sizes)], dim=dim, index=index)
    for shape, dim, start, end, step in (((5,), 0, 1, 4, 1), ((5,), 0, None, None, 2), ((3, 4), 1, -3, None, 1), ((3, 4), 0, 1, 9, 1),
                                         ((2, 3, 2), -2, 0, 3, 2), ((4,), 0, 2, 2, 1)):
        sizes = torch.empty(shape).transpose(0, dim)[start:end:step].transpose(0, dim).shape
        book.case("slice_scatter", torch.slice_scatter, [normal(*shape), normal(*sizes)], dim=dim, start=start, end=end, step=step)


def unrepeated(shape: Sequence[int], sizes: Sequence[int], dim: int) -> Tensor:
    """An index that names no place twice."""
    lines = torch.rand([sizes[k] if k != dim % len(sizes) else shape[k] for k in range(len(sizes))]).argsort(dim)
    return lines.narrow(dim, 0, sizes[dim]).contiguous()


def scatters(book: Book) -> None:
    places = (((4,), (3,), 0), ((2, 3), (2, 2), 1), ((3, 2), (2, 2), 0), ((2, 3), (1, 2), -1), ((2, 3), (2, 0), 1), ((3, 2, 2), (2, 1, 2), 0),
              ((2, 4, 2), (2, 3, 1), 1), ((2, 2, 3), (2, 2, 2), -1))
    for shape, sizes, dim in places:
        index = unrepeated(shape, sizes, dim)
        book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(*shape), index, normal(*sizes)], dim=dim)
        book.case("scatter_value", lambda x, i, dim, value: x.scatter(dim, i, value), [normal(*shape), index], dim=dim, value=-1.5)
    book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(), torch.tensor(0), normal()], dim=0)
    book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(3), torch.tensor(1), normal()], dim=0)
    for dtype in DTYPES[1:]:
        x, index, source = integers(0, 9, 2, 3).to(dtype), at([0, 2], [1, 0]), integers(0, 9, 2, 2).to(dtype)
        book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [x, index, source], dim=1)
        if dtype != torch.bool:
            book.case("scatter_add", lambda x, i, s, dim: x.scatter_add(dim, i, s), [x, index.clone().fill_(1), source], dim=1)
    # A source larger than the index; PyTorch has no gradient there.
    for name, function in (("scatter", lambda x, i, s, dim: x.scatter(dim, i, s)), ("scatter_add", lambda x, i, s, dim: x.scatter_add(dim, i, s))):
        book.case(name, function, [normal(2, 3), at([0, 2]), normal(2, 4)], gradients=False, dim=1)
        book.case(name, function, [normal(4), at(3, 1), normal(3)], gradients=False, dim=0)
    # Of several for one place the last stays.
    book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(3), at(1, 1, 0, 1), normal(4)], gradients=False, dim=0)
    for shape, sizes, dim in (*places, ((3,), (6,), 0), ((2, 2), (2, 5), 1), ((2, 2), (4, 2), 0)):
        index, source = integers(0, shape[dim], *sizes), normal(*sizes)
        book.case("scatter_add", lambda x, i, s, dim: x.scatter_add(dim, i, s), [normal(*shape), index, source], dim=dim)
    reduce_by = ("sum", "prod", "mean", "amax", "amin")

    def reduced(x: Tensor, i: Tensor, s: Tensor, dim: int, reduce: str, include_self: bool) -> Tensor:
        return x.scatter_reduce(dim, i, s, reduce, include_self=include_self)

    for reduce in reduce_by:
        for include_self in (True, False):
            for shape, sizes, dim in (((3,), (6,), 0), ((2, 3), (2, 4), 1), ((3, 2), (4, 2), 0), ((2, 3), (2, 0), 1), ((2, 2, 3), (2, 2, 2), -1)):
                index = integers(0, shape[dim], *sizes)
                # PyTorch divides a product by x again, also where nothing meets x: that leaves rounding errors for zeros.
                book.case("scatter_reduce", reduced, [distinct(*shape), index, distinct(*sizes) + 0.07],
                          second=reduce != "prod" or (include_self and index.numel() > 0), dim=dim, reduce=reduce, include_self=include_self)
            for dtype in (float32, int64, int32, uint8):
                # Off the integers: PyTorch lets an x that is left out share the gradient of an equal extremum.
                x = (integers(1, 9, 4) + (0.5 if dtype == float32 else 0)).to(dtype)
                book.case("scatter_reduce", reduced, [x, at(0, 2, 0, 3, 0), integers(1, 9, 5).to(dtype)],
                          second=reduce != "prod", dim=0, reduce=reduce, include_self=include_self)
            book.case("scatter_reduce", reduced, [integers(-9, 9, 4), at(0, 2, 0, 3, 0), integers(-9, 9, 5)], dim=0, reduce=reduce,
                      include_self=include_self)
        special = torch.tensor([NAN, 1.0, -INF, 0.0, -0.5]).double()
        book.case("scatter_reduce", reduced, [normal(4), at(0, 0, 1, 2, 2), special], gradients=False, dim=0, reduce=reduce, include_self=True)
    # Zeros in products, and equal extrema.
    zeros = torch.tensor([2.0, 0.0, 3.0, 0.0, 0.0, 1.5]).double()
    book.case("scatter_reduce", reduced, [normal(3), at(0, 0, 0, 1, 1, 1), zeros], second=False, dim=0, reduce="prod", include_self=True)
    book.case("scatter_reduce", reduced, [normal(3), at(0, 0, 0, 1, 2, 1), zeros], dim=0, reduce="prod", include_self=True)
    book.case("scatter_reduce", reduced, [torch.tensor([0.0, 2.0, 0.0]).double(), at(0, 1, 1, 2), normal(4)], dim=0, reduce="prod", include_self=True)
    for reduce in ("amax", "amin"):
        ties = torch.tensor([2.0, 2.0, 1.0, 1.0, 3.0]).double()
        book.case("scatter_reduce", reduced, [torch.tensor([2.0, 1.0, 5.0]).double(), at(0, 0, 1, 1, 1), ties], dim=0, reduce=reduce, include_self=True)

    def index_reduced(x: Tensor, i: Tensor, s: Tensor, dim: int, reduce: str, include_self: bool) -> Tensor:
        return x.index_reduce(dim, i, s, reduce, include_self=include_self)

    for reduce in reduce_by[1:]:
        for include_self in (True, False):
            for shape, index, dim in (((4,), at(2, 0, 2), 0), ((3, 2), at(1, 1, 2), 0), ((2, 3), at(2, 0), 1)):
                sizes = list(shape)
                sizes[dim] = index.numel()
                # PyTorch's own second derivatives of index_reduce are incomplete for products.
                book.case("index_reduce", index_reduced, [distinct(*shape), index, distinct(*sizes) + 0.07], second=reduce != "prod", dim=dim,
                          reduce=reduce, include_self=include_self)


def masks(book: Book) -> None:
    pairs = (((4,), (4,)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 3), (2, 1)), ((3,), (2, 3)), ((), ()), ((), (3,)), ((2, 3), ()), ((0, 3), (3,)))
    for shape, sizes in pairs:
        chosen = torch.rand(sizes) < 0.5
        book.case("masked_select", torch.masked_select, [normal(*shape), chosen])
        for value in (0.0, -INF):
            book.case("masked_fill", lambda x, m, value: x.masked_fill(m, value), [normal(*shape), chosen], value=value)
        book.case("masked_fill_tensor", lambda x, m, v: x.masked_fill(m, v), [normal(*shape), chosen, normal()])
        common = torch.broadcast_shapes(shape, sizes)
        count = int(chosen.expand(common).sum())
        book.case("masked_scatter", lambda x, m, s: x.masked_scatter(m, s), [normal(*shape), chosen, normal(count + 1)])
    book.case("masked_scatter", lambda x, m, s: x.masked_scatter(m, s), [normal(2, 3), mask([T, F, T], [F, T, F]), normal(2, 2)])
    for dtype in DTYPES[1:]:
        x, m = integers(0, 9, 2, 3).to(dtype), mask([T, F, T], [F, T, F])
        book.case("masked_select", torch.masked_select, [x, m])
        book.case("masked_fill", lambda x, m, value: x.masked_fill(m, value), [x, m], value=1.0)
        book.case("masked_scatter", lambda x, m, s: x.masked_scatter(m, s), [x, m, integers(0, 9, 3).to(dtype)])


def zeros(book: Book) -> None:
    arrays = [torch.tensor([0.0, 1, 0, -2]), torch.tensor([[0.0, NAN], [-0.0, INF]]), torch.zeros(2, 3), torch.ones(2, 2), torch.zeros(0, 3),
              torch.zeros(2, 0), torch.tensor(3.0), torch.tensor(0.0), (torch.rand(2, 3, 2) < 0.4).float()]
    arrays += [(integers(0, 2, 3, 2)).to(dtype) for dtype in DTYPES]
    for x in arrays:
        book.case("nonzero", torch.nonzero, [x], gradients=False)
        book.case("nonzero_tuple", lambda x: torch.nonzero(x, as_tuple=True), [x], gradients=False)
    for x in arrays[:9]:
        book.case("argwhere", torch.argwhere, [x], gradients=False)
        book.case("where_positions", lambda m: torch.where(m), [x != 0])
    for x, classes in ((at(2, 0, 1), 3), (at([0], [3]), 5), (torch.tensor(1), 2), (at(), 4), (at(2, 0, 1), -1), (at([1, 0]), -1)):
        book.case("one_hot", torch.nn.functional.one_hot, [x], num_classes=classes)


def sorting(book: Book) -> None:
    cases = (((5,), 0), ((2, 4), 1), ((3, 2), 0), ((2, 3, 2), 1), ((), 0), ((), -1), ((0,), 0), ((2, 0), 1), ((0, 3), 1), ((1, 1), -1))

    def sort(x: Tensor, dim: int, descending: bool) -> tuple[Tensor, Tensor]:
        return torch.sort(x, dim=dim, descending=descending, stable=True)

    def names(function: Any) -> Any:
        return [("sort", function), ("argsort", lambda *a, **k: function(*a, **k)[1]), ("sorted", lambda *a, **k: function(*a, **k)[0])]

    special = [torch.tensor(row).double() for row in ([1.0, NAN, -INF, INF, 0.0, NAN], [0.0, -0.0, 0.0, -1.0], [INF, INF, 1.0])]
    for name, function in names(sort):
        for shape, dim in cases:
            for descending in (False, True):
                book.case(name, function, [distinct(*shape)], dim=dim, descending=descending)
        for dtype in DTYPES[1:]:
            for descending in (False, True):
                book.case(name, function, [integers(0, 4, 7).to(dtype)], dim=0, descending=descending)
        for x in special:
            # −0 and +0 are equal to PyTorch, and ordered in `sorted`.
            if name == "sorted" and (x == 0).sum() > 1:
                continue
            for descending in (False, True):
                book.case(name, function, [x], gradients=False, dim=0, descending=descending)
    for shape, dim in cases:
        size = shape[dim] if shape else 1
        for k in sorted({0, 1, size // 2, size} if shape else {1}):
            if k > size:
                continue
            for largest in (True, False):
                book.case("topk", torch.topk, [distinct(*shape)], k=k, dim=dim, largest=largest)
    for k in (1, 3, 4):
        x = torch.tensor([3.0, NAN, -INF, 1.0]).double()
        book.case("topk", torch.topk, [x], gradients=False, k=k, dim=0, largest=True)
        book.case("topk", torch.topk, [x], gradients=False, k=k, dim=0, largest=False)
    for dtype in (float32, int64, int32, uint8):
        book.case("topk", torch.topk, [torch.tensor([5, 2, 9, 4]).to(dtype)], k=2, dim=0, largest=True)


def uniques(book: Book) -> None:
    def unique(x: Tensor) -> Any:
        return torch.unique(x, return_inverse=True, return_counts=True)

    def consecutive(x: Tensor) -> Any:
        return torch.unique_consecutive(x, return_inverse=True, return_counts=True)

    arrays = [integers(0, 4, 7), integers(0, 3, 2, 4), torch.tensor(3), torch.zeros(0), torch.zeros(0, 3), torch.ones(5),
              torch.tensor([NAN, 1.0, NAN, 1.0, -INF, INF, INF])]
    arrays += [integers(0, 3, 2, 3).to(dtype) for dtype in DTYPES]
    for x in arrays:
        book.case("unique", unique, [x], gradients=False)
        book.case("unique_consecutive", consecutive, [x], gradients=False)
    for shape, dim in (((5,), 0), ((5, 2), 0), ((2, 6), 1), ((2, 5, 2), 1), ((2, 2, 5), -1), ((0, 3), 0), ((1, 3), 0)):
        for x in (integers(0, 2, *shape), integers(-1, 1, *shape).double()):
            book.case("unique_dim", lambda x, dim: torch.unique(x, return_inverse=True, return_counts=True, dim=dim), [x], gradients=False, dim=dim)
            book.case("unique_consecutive_dim", lambda x, dim: torch.unique_consecutive(x, return_inverse=True, return_counts=True, dim=dim),
                      [x], gradients=False, dim=dim)


def searching(book: Book) -> None:
    def search(sequence: Tensor, values: Tensor, right: bool) -> Tensor:
        return torch.searchsorted(sequence, values, right=right)

    def search_unordered(sequence: Tensor, values: Tensor, right: bool) -> Tensor:
        return torch.searchsorted(sequence, values, right=right, sorter=torch.argsort(sequence, stable=True))

    ordered = torch.tensor([-1.0, 0.0, 0.0, 2.0, 2.0, 5.0]).double()
    values = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0, 5.0, 6.0, NAN, INF, -INF]).double()
    for right in (False, True):
        for sequence, x in ((ordered, values), (ordered, values.reshape(2, 5)), (ordered, torch.tensor(2.0).double()), (ordered[:0], values[:3]),
                            (ordered, values[:0]), (ordered.float(), values.float()), (ordered.long(), integers(-2, 7, 4)),
                            (ordered.int(), integers(-2, 7, 4, dtype=int32)), (at(0, 1, 4).to(uint8), at(0, 3, 5).to(uint8)),
                            (torch.tensor([0.0, 1.0, NAN]).double(), values)):
            book.case("searchsorted", search, [sequence, x], gradients=False, right=right)
            book.case("bucketize", lambda x, boundaries, right: torch.bucketize(x, boundaries, right=right), [x, sequence], gradients=False, right=right)
        for shape, m in (((2, 4), 3), ((2, 2, 3), 4), ((1, 3), 2), ((2, 0), 2)):
            lines = integers(0, 5, *shape).sort(-1).values
            book.case("searchsorted", search, [lines, integers(-1, 6, *shape[:-1], m)], gradients=False, right=right)
        book.case("searchsorted_sorter", search_unordered, [at(3, 1, 4, 1, 5), at(0, 1, 2, 5, 9)], gradients=False, right=right)
        book.case("searchsorted_sorter", search_unordered, [integers(0, 9, 2, 4), integers(0, 9, 2, 3)], gradients=False, right=right)
    for invert in (False, True):
        for x, given in ((at(1, 2, 3, 4), at(2, 4, 9)), (at([1, 2], [3, 4]), at([[4], [1]])), (at(), at(1)), (at(1, 2), at()), (torch.tensor(3), at(3, 5)),
                         (at(1, 2), torch.tensor(2)), (torch.tensor([1.0, NAN, INF, -0.0]), torch.tensor([NAN, 0.0, INF])), (at(1, 2), torch.tensor([2.0, 1.5])),
                         (torch.tensor([1.5, 2.0]), at(2, 1)), (at(1, 2).to(uint8), at(2).to(uint8)), (at(1, 7).to(int32), at(7))):
            book.case("isin", torch.isin, [x, given], gradients=False, invert=invert)


def counting(book: Book) -> None:
    for x in (at(0, 2, 2, 5), at(), at(3), at(1, 1, 0).to(int32), at(4, 0, 4).to(uint8)):
        for minlength in (0, 4):
            book.case("bincount", lambda x, minlength: torch.bincount(x, minlength=minlength), [x], minlength=minlength)
            for dtype in (float64, float32, int64, int32):
                w = integers(1, 9, x.numel(), dtype=dtype)
                # Without elements PyTorch forgets the weights' dtype.
                if x.numel():
                    book.case("bincount", lambda x, w, minlength: torch.bincount(x, w, minlength=minlength), [x, w], gradients=False, minlength=minlength)
    x = normal(12)
    specials = torch.tensor([NAN, 1.0, INF, 0.25, -INF, 2.0]).double()
    for bins, low, high in ((4, 0.0, 0.0), (3, -1.0, 1.0), (1, 0.0, 0.0), (5, 0.5, 3.0), (100, 0.0, 0.0)):
        for y in (x, x.reshape(3, 4), x.float(), torch.full((3,), 2.0).double()):
            book.case("histc", lambda x, bins, min, max: torch.histc(x, bins, min, max), [y], gradients=False, bins=bins, min=low, max=high)
    book.case("histc", lambda x, bins, min, max: torch.histc(x, bins, min, max), [specials], gradients=False, bins=4, min=0.0, max=2.0)
    book.case("histc", lambda x, bins, min, max: torch.histc(x, bins, min, max), [x[:0]], gradients=False, bins=3, min=0.0, max=0.0)

    def histogram(x: Tensor, bins: int, range: Any, density: bool) -> Any:
        return torch.histogram(x, bins, range=tuple(range) if range else None, density=density)

    def weighted(x: Tensor, w: Tensor, bins: int, range: Any, density: bool) -> Any:
        return torch.histogram(x, bins, range=tuple(range) if range else None, weight=w, density=density)

    for density in (False, True):
        for y in (x, x.reshape(3, 4), x.float(), torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0]).double(), torch.full((3,), 2.0).double()):
            for bins, ends in ((4, None), (3, [-1.0, 1.5]), (1, None), (2, [1.0, 1.0])):
                if density and (ends == [1.0, 1.0]):
                    continue
                book.case("histogram", histogram, [y], gradients=False, bins=bins, range=ends, density=density)
        book.case("histogram", weighted, [x, uniform(0.5, 2, 12)], gradients=False, bins=3, range=None, density=density)
        edges = torch.tensor([-1.0, -0.25, 0.5, 0.75, 2.0]).double()
        for y in (x, x.reshape(2, 6), specials, torch.tensor([-1.0, -0.25, 0.5, 2.0, 2.5]).double()):
            book.case("histogram_edges", lambda x, edges, density: torch.histogram(x, edges, density=density)[0], [y, edges], gradients=False, density=density)
        book.case("histogram_edges", lambda x, edges, w, density: torch.histogram(x, edges, weight=w, density=density)[0],
                  [x, edges, uniform(0.5, 2, 12)], gradients=False, density=density)


def cases(book: Book) -> None:
    for part in (subscripts, by_number, along_axis, scatters, masks, zeros, sorting, uniques, searching, counting):
        part(book)
