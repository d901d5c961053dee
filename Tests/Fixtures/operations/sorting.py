"""Sorting and searching; counting."""

from typing import Any

import torch
from torch import Tensor, float32, float64, int32, int64, uint8

from .book import DTYPES, INF, NAN, Book, distinct, integers, normal, uniform
from .subscripts import at


def sorting(book: Book) -> None:
    cases = (((5,), 0), ((2, 4), 1), ((3, 2), 0), ((2, 3, 2), 1), ((), 0), ((), -1), ((0,), 0), ((2, 0), 1),
             ((0, 3), 1), ((1, 1), -1))

    def sort(x: Tensor, dim: int, descending: bool) -> tuple[Tensor, Tensor]:
        return torch.sort(x, dim=dim, descending=descending, stable=True)

    def names(function: Any) -> Any:
        return [("sort", function), ("argsort", lambda *a, **k: function(*a, **k)[1]),
                ("sorted", lambda *a, **k: function(*a, **k)[0])]

    special = [torch.tensor(row).double() for row in ([1.0, NAN, -INF, INF, 0.0, NAN], [0.0, -0.0, 0.0, -1.0],
                                                      [INF, INF, 1.0])]
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

    arrays = [integers(0, 4, 7), integers(0, 3, 2, 4), torch.tensor(3), torch.zeros(0), torch.zeros(0, 3),
              torch.ones(5),
              torch.tensor([NAN, 1.0, NAN, 1.0, -INF, INF, INF])]
    arrays += [integers(0, 3, 2, 3).to(dtype) for dtype in DTYPES]
    for x in arrays:
        book.case("unique", unique, [x], gradients=False)
        book.case("unique_consecutive", consecutive, [x], gradients=False)
    for shape, dim in (((5,), 0), ((5, 2), 0), ((2, 6), 1), ((2, 5, 2), 1), ((2, 2, 5), -1), ((0, 3), 0), ((1, 3), 0)):
        for x in (integers(0, 2, *shape), integers(-1, 1, *shape).double()):
            book.case("unique_dim", lambda x, dim: torch.unique(x, return_inverse=True, return_counts=True, dim=dim),
                      [x], gradients=False, dim=dim)
            book.case("unique_consecutive_dim", lambda x, dim: torch.unique_consecutive(x, return_inverse=True,
                                                                                        return_counts=True, dim=dim),
                      [x], gradients=False, dim=dim)


def searching(book: Book) -> None:
    def search(sequence: Tensor, values: Tensor, right: bool) -> Tensor:
        return torch.searchsorted(sequence, values, right=right)

    def search_unordered(sequence: Tensor, values: Tensor, right: bool) -> Tensor:
        return torch.searchsorted(sequence, values, right=right, sorter=torch.argsort(sequence, stable=True))

    ordered = torch.tensor([-1.0, 0.0, 0.0, 2.0, 2.0, 5.0]).double()
    values = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0, 5.0, 6.0, NAN, INF, -INF]).double()
    for right in (False, True):
        for sequence, x in ((ordered, values), (ordered, values.reshape(2, 5)), (ordered, torch.tensor(2.0).double()),
                            (ordered[:0], values[:3]),
                            (ordered, values[:0]), (ordered.float(), values.float()),
                            (ordered.long(), integers(-2, 7, 4)),
                            (ordered.int(), integers(-2, 7, 4, dtype=int32)),
                            (at(0, 1, 4).to(uint8), at(0, 3, 5).to(uint8)),
                            (torch.tensor([0.0, 1.0, NAN]).double(), values)):
            book.case("searchsorted", search, [sequence, x], gradients=False, right=right)
            book.case("bucketize", lambda x, boundaries, right: torch.bucketize(x, boundaries, right=right),
                      [x, sequence], gradients=False, right=right)
        for shape, m in (((2, 4), 3), ((2, 2, 3), 4), ((1, 3), 2), ((2, 0), 2)):
            lines = integers(0, 5, *shape).sort(-1).values
            book.case("searchsorted", search, [lines, integers(-1, 6, *shape[:-1], m)], gradients=False, right=right)
        book.case("searchsorted_sorter", search_unordered, [at(3, 1, 4, 1, 5), at(0, 1, 2, 5, 9)], gradients=False,
                  right=right)
        book.case("searchsorted_sorter", search_unordered, [integers(0, 9, 2, 4), integers(0, 9, 2, 3)],
                  gradients=False, right=right)
    for invert in (False, True):
        for x, given in ((at(1, 2, 3, 4), at(2, 4, 9)), (at([1, 2], [3, 4]), at([[4], [1]])), (at(), at(1)),
                         (at(1, 2), at()), (torch.tensor(3), at(3, 5)),
                         (at(1, 2), torch.tensor(2)), (torch.tensor([1.0, NAN, INF, -0.0]),
                                                       torch.tensor([NAN, 0.0, INF])),
                                                       (at(1, 2), torch.tensor([2.0, 1.5])),
                         (torch.tensor([1.5, 2.0]), at(2, 1)), (at(1, 2).to(uint8), at(2).to(uint8)),
                         (at(1, 7).to(int32), at(7))):
            book.case("isin", torch.isin, [x, given], gradients=False, invert=invert)


def counting(book: Book) -> None:
    for x in (at(0, 2, 2, 5), at(), at(3), at(1, 1, 0).to(int32), at(4, 0, 4).to(uint8)):
        for minlength in (0, 4):
            book.case("bincount", lambda x, minlength: torch.bincount(x, minlength=minlength), [x], minlength=minlength)
            for dtype in (float64, float32, int64, int32):
                w = integers(1, 9, x.numel(), dtype=dtype)
                # Without elements PyTorch forgets the weights' dtype.
                if x.numel():
                    book.case("bincount", lambda x, w, minlength: torch.bincount(x, w, minlength=minlength), [x, w],
                              gradients=False, minlength=minlength)
    x = normal(12)
    specials = torch.tensor([NAN, 1.0, INF, 0.25, -INF, 2.0]).double()
    for bins, low, high in ((4, 0.0, 0.0), (3, -1.0, 1.0), (1, 0.0, 0.0), (5, 0.5, 3.0), (100, 0.0, 0.0)):
        for y in (x, x.reshape(3, 4), x.float(), torch.full((3,), 2.0).double()):
            book.case("histc", lambda x, bins, min, max: torch.histc(x, bins, min, max), [y], gradients=False,
                      bins=bins, min=low, max=high)
    book.case("histc", lambda x, bins, min, max: torch.histc(x, bins, min, max), [specials], gradients=False, bins=4,
              min=0.0, max=2.0)
    book.case("histc", lambda x, bins, min, max: torch.histc(x, bins, min, max), [x[:0]], gradients=False, bins=3,
              min=0.0, max=0.0)

    def histogram(x: Tensor, bins: int, range: Any, density: bool) -> Any:
        return torch.histogram(x, bins, range=tuple(range) if range else None, density=density)

    def weighted(x: Tensor, w: Tensor, bins: int, range: Any, density: bool) -> Any:
        return torch.histogram(x, bins, range=tuple(range) if range else None, weight=w, density=density)

    for density in (False, True):
        for y in (x, x.reshape(3, 4), x.float(), torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0]).double(),
                  torch.full((3,), 2.0).double()):
            for bins, ends in ((4, None), (3, [-1.0, 1.5]), (1, None), (2, [1.0, 1.0])):
                if density and (ends == [1.0, 1.0]):
                    continue
                book.case("histogram", histogram, [y], gradients=False, bins=bins, range=ends, density=density)
        book.case("histogram", weighted, [x, uniform(0.5, 2, 12)], gradients=False, bins=3, range=None, density=density)
        edges = torch.tensor([-1.0, -0.25, 0.5, 0.75, 2.0]).double()
        for y in (x, x.reshape(2, 6), specials, torch.tensor([-1.0, -0.25, 0.5, 2.0, 2.5]).double()):
            book.case("histogram_edges", lambda x, edges, density: torch.histogram(x, edges, density=density)[0],
                      [y, edges], gradients=False, density=density)
        book.case("histogram_edges", lambda x, edges, w, density: torch.histogram(x, edges, weight=w,
                                                                                  density=density)[0],
                  [x, edges, uniform(0.5, 2, 12)], gradients=False, density=density)
