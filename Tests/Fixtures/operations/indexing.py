"""Gathering and scattering, masks, places that are not zero; with `subscripts` and `sorting` the family of indexing."""

from collections.abc import Sequence

import torch
from torch import Tensor, float32, int32, int64, uint8

from .book import DTYPES, INF, NAN, Book, distinct, integers, normal
from .sorting import counting, searching, sorting, uniques
from .subscripts import F, T, at, mask, subscripts


def by_number(book: Book) -> None:
    for shape, index in (((4,), at(2, 0, 2)), ((2, 3), at([0, 5], [3, -1])), ((2, 3), at(-6)),
                         ((2, 3), torch.tensor(4)),
                         ((2, 3), at()), ((), at(0, -1)), ((2, 1, 3), at([[5], [0]])), ((2, 3), at(1, 2).to(int64))):
        book.case("take", torch.take, [normal(*shape), index])
    for dtype in DTYPES[1:]:
        book.case("take", torch.take, [integers(0, 9, 2, 2).to(dtype), at(3, 0)])
    for accumulate in (False, True):
        for shape, index in (((4,), at(2, 0)), ((2, 3), at([0, 5], [3, -2])), ((2, 3), at(-6)),
                             ((2, 3), torch.tensor(4)),
                             ((2, 3), at()), ((), at(0)), ((2, 1, 3), at([[5], [0]]))):
            book.case("put", torch.Tensor.put, [normal(*shape), index, normal(*index.shape)], accumulate=accumulate)
        book.case("put", torch.Tensor.put, [integers(0, 9, 3), at(1, 2), integers(0, 9, 2)], accumulate=accumulate)
    book.case("put", torch.Tensor.put, [normal(4), at(2, 1, 2, -2), normal(4)], accumulate=True)
    for shape, sizes, dim in (((2, 3), (2, 2), 1), ((2, 3), (1, 2), 1), ((2, 3), (4, 1), 0), ((1, 3), (2, 2), -1),
                              ((4,), (6,), 0),
                              ((2, 1, 2), (1, 3, 2), 1), ((2, 0), (2, 0), 0), ((2, 1, 3), (2, 2, 2), 2)):
        low = -shape[dim]
        book.case("take_along_dim", torch.take_along_dim, [normal(*shape),
                                                           integers(low, max(shape[dim], low + 1), *sizes)], dim=dim)
    for shape, sizes in (((2, 3), (4,)), ((4,), (2, 2)), ((2, 2), (2, 2)), ((), (2,))):
        book.case("take_along_dim", torch.take_along_dim, [normal(*shape),
                                                           integers(0, torch.Size(shape).numel(), *sizes)], dim=None)
    for shape, numbers in (((2, 3), at(0, 5, 3)), ((2, 3), at([1], [4])), ((7,), at(6, 0)), ((2, 1, 4), at(7, 2)),
                           ((2, 3), torch.tensor(4)),
                           ((3, 2), at()), ((2, 2, 2, 2), at(0, 15, 9)), ((4, 3), at(11, 2).to(int32))):
        book.case("unravel_index", lambda i, shape: torch.unravel_index(i.long(), tuple(shape)), [numbers],
                  shape=list(shape))


def along_axis(book: Book) -> None:
    gathers = (((4,), (3,), 0), ((2, 3), (2, 4), 1), ((2, 3), (2, 3), 0), ((2, 3), (1, 2), -1), ((2, 3), (2, 0), 1),
               ((3, 2, 2), (2, 1, 2), 0),
               ((2, 3, 2), (2, 4, 2), 1), ((2, 3, 2), (2, 2, 3), -1), ((), (), 0), ((), (3,), 0), ((4,), (), 0),
               ((0, 3), (0, 2), 1))
    for shape, sizes, dim in gathers:
        n = shape[dim] if shape else 1
        book.case("gather", lambda x, index, dim: x.gather(dim, index), [normal(*shape), integers(0, n, *sizes)],
                  dim=dim)
    for dtype in DTYPES[1:]:
        book.case("gather", lambda x, index, dim: x.gather(dim, index),
                  [integers(0, 9, 2, 3).to(dtype), integers(0, 3, 2, 2)], dim=1)
    for shape, index, dim in (((4,), at(2, 0, 2), 0), ((3, 2), at(1, 1), 0), ((2, 3), at(2, 0, 1, 2), 1),
                              ((2, 3, 2), at(0, 2), -2), ((2, 3), at(), 1),
                              ((2, 3), torch.tensor(1), 1), ((), at(0), 0), ((0, 3), at(1), 1),
                              ((2, 2), at(1, 0).to(int32), 0)):
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
        book.case("index_select", lambda x, index, dim: x.index_select(dim, index),
                  [integers(0, 9, 3, 2).to(dtype), at(2, 0)], dim=0)
        book.case("index_add", lambda x, index, source, dim, alpha: x.index_add(dim, index, source, alpha=alpha),
                  [integers(0, 9, 3, 2).to(dtype), at(2, 0, 2), integers(0, 9, 3, 2).to(dtype)], dim=0, alpha=2)
    for shape, index, dim in (((4,), at(2, 0), 0), ((3, 2), at(1), 0), ((2, 3), at(2, 0), 1), ((2, 3, 2), at(0, 2), -2),
                              ((2, 3), at(), 1),
                              ((), at(0), 0), ((0, 3), at(1), 1)):
        sizes = list(shape)
        if sizes:
            sizes[dim] = index.numel()
        book.case("index_copy", lambda x, index, source, dim: x.index_copy(dim, index, source),
                  [normal(*shape), index, normal(*sizes)], dim=dim)
        for value in (-2.5, INF):
            book.case("index_fill", lambda x, index, dim, value: x.index_fill(dim, index, value),
                      [normal(*shape), index], dim=dim, value=value)
        book.case("index_fill_tensor", lambda x, index, value, dim: x.index_fill(dim, index, value),
                  [normal(*shape), index, normal()], dim=dim)
    book.case("index_fill", lambda x, index, dim, value: x.index_fill(dim, index, value),
              [integers(0, 9, 2, 3), at(-1, 0)], dim=1, value=7.0)
    book.case("index_copy", lambda x, index, source, dim: x.index_copy(dim, index, source),
              [integers(0, 9, 3), at(2, 0), integers(0, 9, 2)], dim=0)
    for shape, dim, index in (((3,), 0, 1), ((2, 3), 0, -1), ((2, 3), 1, 2), ((2, 3, 2), 1, 0), ((2, 3, 2), -1, -2),
                              ((0, 3), 1, 1)):
        sizes = list(shape)
        del sizes[dim]
        book.case("select_scatter", torch.select_scatter, [normal(*shape), normal(*sizes)], dim=dim, index=index)
    for shape, dim, start, end, step in (((5,), 0, 1, 4, 1), ((5,), 0, None, None, 2), ((3, 4), 1, -3, None, 1),
                                         ((3, 4), 0, 1, 9, 1),
                                         ((2, 3, 2), -2, 0, 3, 2), ((4,), 0, 2, 2, 1)):
        sizes = torch.empty(shape).transpose(0, dim)[start:end:step].transpose(0, dim).shape
        book.case("slice_scatter", torch.slice_scatter, [normal(*shape), normal(*sizes)], dim=dim, start=start, end=end,
                  step=step)


def unrepeated(shape: Sequence[int], sizes: Sequence[int], dim: int) -> Tensor:
    """An index that names no place twice."""
    lines = torch.rand([sizes[k] if k != dim % len(sizes) else shape[k] for k in range(len(sizes))]).argsort(dim)
    return lines.narrow(dim, 0, sizes[dim]).contiguous()


def scatters(book: Book) -> None:
    places = (((4,), (3,), 0), ((2, 3), (2, 2), 1), ((3, 2), (2, 2), 0), ((2, 3), (1, 2), -1), ((2, 3), (2, 0), 1),
              ((3, 2, 2), (2, 1, 2), 0),
              ((2, 4, 2), (2, 3, 1), 1), ((2, 2, 3), (2, 2, 2), -1))
    for shape, sizes, dim in places:
        index = unrepeated(shape, sizes, dim)
        book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(*shape), index, normal(*sizes)],
                  dim=dim)
        book.case("scatter_value", lambda x, i, dim, value: x.scatter(dim, i, value), [normal(*shape), index], dim=dim,
                  value=-1.5)
    book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(), torch.tensor(0), normal()], dim=0)
    book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(3), torch.tensor(1), normal()], dim=0)
    for dtype in DTYPES[1:]:
        x, index, source = integers(0, 9, 2, 3).to(dtype), at([0, 2], [1, 0]), integers(0, 9, 2, 2).to(dtype)
        book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [x, index, source], dim=1)
        if dtype != torch.bool:
            book.case("scatter_add", lambda x, i, s, dim: x.scatter_add(dim, i, s), [x, index.clone().fill_(1), source],
                      dim=1)
    # A source larger than the index; PyTorch has no gradient there.
    for name, function in (("scatter", lambda x, i, s, dim: x.scatter(dim, i, s)),
                           ("scatter_add", lambda x, i, s, dim: x.scatter_add(dim, i, s))):
        book.case(name, function, [normal(2, 3), at([0, 2]), normal(2, 4)], gradients=False, dim=1)
        book.case(name, function, [normal(4), at(3, 1), normal(3)], gradients=False, dim=0)
    # Of several for one place the last stays.
    book.case("scatter", lambda x, i, s, dim: x.scatter(dim, i, s), [normal(3), at(1, 1, 0, 1), normal(4)],
              gradients=False, dim=0)
    for shape, sizes, dim in (*places, ((3,), (6,), 0), ((2, 2), (2, 5), 1), ((2, 2), (4, 2), 0)):
        index, source = integers(0, shape[dim], *sizes), normal(*sizes)
        book.case("scatter_add", lambda x, i, s, dim: x.scatter_add(dim, i, s), [normal(*shape), index, source],
                  dim=dim)
    reduce_by = ("sum", "prod", "mean", "amax", "amin")

    def reduced(x: Tensor, i: Tensor, s: Tensor, dim: int, reduce: str, include_self: bool) -> Tensor:
        return x.scatter_reduce(dim, i, s, reduce, include_self=include_self)

    for reduce in reduce_by:
        for include_self in (True, False):
            for shape, sizes, dim in (((3,), (6,), 0), ((2, 3), (2, 4), 1), ((3, 2), (4, 2), 0), ((2, 3), (2, 0), 1),
                                      ((2, 2, 3), (2, 2, 2), -1)):
                index = integers(0, shape[dim], *sizes)
                # PyTorch divides a product by x again, also where nothing meets x: rounding errors stand for zeros.
                book.case("scatter_reduce", reduced, [distinct(*shape), index, distinct(*sizes) + 0.07],
                          second=reduce != "prod" or (include_self and index.numel() > 0), dim=dim, reduce=reduce,
                          include_self=include_self)
            for dtype in (float32, int64, int32, uint8):
                # Off the integers: PyTorch lets an x that is left out share the gradient of an equal extremum.
                x = (integers(1, 9, 4) + (0.5 if dtype == float32 else 0)).to(dtype)
                book.case("scatter_reduce", reduced, [x, at(0, 2, 0, 3, 0), integers(1, 9, 5).to(dtype)],
                          second=reduce != "prod", dim=0, reduce=reduce, include_self=include_self)
            book.case("scatter_reduce", reduced, [integers(-9, 9, 4), at(0, 2, 0, 3, 0), integers(-9, 9, 5)], dim=0,
                      reduce=reduce,
                      include_self=include_self)
        special = torch.tensor([NAN, 1.0, -INF, 0.0, -0.5]).double()
        book.case("scatter_reduce", reduced, [normal(4), at(0, 0, 1, 2, 2), special], gradients=False, dim=0,
                  reduce=reduce, include_self=True)
    # Zeros in products, and equal extrema.
    zeros = torch.tensor([2.0, 0.0, 3.0, 0.0, 0.0, 1.5]).double()
    book.case("scatter_reduce", reduced, [normal(3), at(0, 0, 0, 1, 1, 1), zeros], second=False, dim=0, reduce="prod",
              include_self=True)
    book.case("scatter_reduce", reduced, [normal(3), at(0, 0, 0, 1, 2, 1), zeros], dim=0, reduce="prod",
              include_self=True)
    book.case("scatter_reduce", reduced, [torch.tensor([0.0, 2.0, 0.0]).double(), at(0, 1, 1, 2), normal(4)], dim=0,
              reduce="prod", include_self=True)
    for reduce in ("amax", "amin"):
        ties = torch.tensor([2.0, 2.0, 1.0, 1.0, 3.0]).double()
        book.case("scatter_reduce", reduced, [torch.tensor([2.0, 1.0, 5.0]).double(), at(0, 0, 1, 1, 1), ties], dim=0,
                  reduce=reduce, include_self=True)

    def index_reduced(x: Tensor, i: Tensor, s: Tensor, dim: int, reduce: str, include_self: bool) -> Tensor:
        return x.index_reduce(dim, i, s, reduce, include_self=include_self)

    for reduce in reduce_by[1:]:
        for include_self in (True, False):
            for shape, index, dim in (((4,), at(2, 0, 2), 0), ((3, 2), at(1, 1, 2), 0), ((2, 3), at(2, 0), 1)):
                sizes = list(shape)
                sizes[dim] = index.numel()
                # PyTorch's own second derivatives of index_reduce are incomplete for products.
                book.case("index_reduce", index_reduced, [distinct(*shape), index, distinct(*sizes) + 0.07],
                          second=reduce != "prod", dim=dim,
                          reduce=reduce, include_self=include_self)


def masks(book: Book) -> None:
    pairs = (((4,), (4,)), ((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 3), (2, 1)), ((3,), (2, 3)), ((), ()), ((), (3,)),
             ((2, 3), ()), ((0, 3), (3,)))
    for shape, sizes in pairs:
        chosen = torch.rand(sizes) < 0.5
        book.case("masked_select", torch.masked_select, [normal(*shape), chosen])
        for value in (0.0, -INF):
            book.case("masked_fill", lambda x, m, value: x.masked_fill(m, value), [normal(*shape), chosen], value=value)
        book.case("masked_fill_tensor", lambda x, m, v: x.masked_fill(m, v), [normal(*shape), chosen, normal()])
        common = torch.broadcast_shapes(shape, sizes)
        count = int(chosen.expand(common).sum())
        book.case("masked_scatter", lambda x, m, s: x.masked_scatter(m, s), [normal(*shape), chosen, normal(count + 1)])
    book.case("masked_scatter", lambda x, m, s: x.masked_scatter(m, s),
              [normal(2, 3), mask([T, F, T], [F, T, F]), normal(2, 2)])
    for dtype in DTYPES[1:]:
        x, m = integers(0, 9, 2, 3).to(dtype), mask([T, F, T], [F, T, F])
        book.case("masked_select", torch.masked_select, [x, m])
        book.case("masked_fill", lambda x, m, value: x.masked_fill(m, value), [x, m], value=1.0)
        book.case("masked_scatter", lambda x, m, s: x.masked_scatter(m, s), [x, m, integers(0, 9, 3).to(dtype)])


def zeros(book: Book) -> None:
    arrays = [torch.tensor([0.0, 1, 0, -2]), torch.tensor([[0.0, NAN], [-0.0, INF]]), torch.zeros(2, 3),
              torch.ones(2, 2), torch.zeros(0, 3),
              torch.zeros(2, 0), torch.tensor(3.0), torch.tensor(0.0), (torch.rand(2, 3, 2) < 0.4).float()]
    arrays += [(integers(0, 2, 3, 2)).to(dtype) for dtype in DTYPES]
    for x in arrays:
        book.case("nonzero", torch.nonzero, [x], gradients=False)
        book.case("nonzero_tuple", lambda x: torch.nonzero(x, as_tuple=True), [x], gradients=False)
    for x in arrays[:9]:
        book.case("argwhere", torch.argwhere, [x], gradients=False)
        book.case("where_positions", lambda m: torch.where(m), [x != 0])
    for x, classes in ((at(2, 0, 1), 3), (at([0], [3]), 5), (torch.tensor(1), 2), (at(), 4), (at(2, 0, 1), -1),
                       (at([1, 0]), -1)):
        book.case("one_hot", torch.nn.functional.one_hot, [x], num_classes=classes)


def cases(book: Book) -> None:
    for part in (subscripts, by_number, along_axis, scatters, masks, zeros, sorting, uniques, searching, counting):
        part(book)
