"""Grids, combinations, windows and powers; constants and ranges."""

import builtins
from collections.abc import Callable

import torch
from torch import Tensor

from .book import DTYPES, INF, NAN, Book, normal
from .calls import family


def grids(book: Book) -> None:
    for name in ("ij", "xy"):
        family(book, "meshgrid", lambda *x, indexing: torch.meshgrid(*x, indexing=indexing),
               [(shapes, dict(indexing=name)) for shapes in (
                   [(2,), (3,)], [(3,)], [(), (2,)], [(2,), (1,), (3,)], [(0,), (2,)], [(1,), (1,)])])
    family(book, "cartesian_prod", lambda *x: torch.cartesian_prod(*x), [(shapes, {}) for shapes in (
        [(2,), (3,)], [(3,)], [(2,), (1,), (2,)], [(0,), (2,)], [(1,), (1,)], [(2,), (2,), (2,)])])
    family(book, "combinations", torch.combinations, [(shape, dict(r=r, with_replacement=again))
                                                      for shape, r, again in (
        ((4,), 2, False), ((3,), 2, True), ((4,), 3, False), ((2,), 3, True), ((3,), 1, False), ((3,), 0, False),
        ((2,), 3, False),
        ((0,), 2, False), ((1,), 2, True), ((4,), 4, False))])

    def unfold(x: Tensor, dimension: int, size: int, step: int) -> Tensor:
        return x.unfold(dimension, size, step)

    family(book, "unfold", unfold, [(shape, dict(dimension=dim, size=size, step=step)) for shape, dim, size, step in (
        ((7,), 0, 3, 2), ((7,), 0, 3, 1), ((7,), -1, 2, 3), ((2, 5), 1, 2, 1), ((5, 2), 0, 4, 1),
        ((2, 4, 2), 1, 3, 1), ((4,), 0, 4, 1),
        ((4,), 0, 1, 1), ((3,), 0, 0, 2), ((3, 0), 0, 2, 1), ((6,), 0, 2, 9))])
    def vander(x: Tensor, N: int | None, increasing: bool) -> Tensor:
        """torch.vander, through which PyTorch cannot differentiate: it multiplies in place."""
        expected = torch.vander(x.detach(), N, increasing)
        x = x.to(expected.dtype)
        columns = [torch.ones_like(x), x]
        while len(columns) < expected.shape[1]:
            columns.append(columns[-1] * x)
        powers = torch.stack(columns, 1)[:, : expected.shape[1]]
        powers = powers if increasing else powers.flip(1)
        assert torch.equal(powers.detach(), expected)
        return powers

    family(book, "vander_columns", vander, [
        (shape, dict(N=n, increasing=up)) for shape, n, up in (
            ((3,), 3, False), ((3,), None, True), ((2,), 4, True), ((2,), 1, False), ((2,), 0, False),
            ((0,), 2, False), ((1,), 5, False),
            ((2,), 2, True))])
    book.case("vander_columns", vander, [torch.tensor([0.0, -1.0]).double()],
              N=4, increasing=False)


def creation(book: Book) -> None:
    def typed(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
        """With the dtype by its name."""
        return lambda *x, dtype=None, **more: function(*x, **more, dtype=dtype and getattr(torch, dtype))

    names = [str(dtype).removeprefix("torch.") for dtype in DTYPES]
    for name, function in (("zeros", typed(torch.zeros)), ("ones", typed(torch.ones))):
        for size in ([2, 3], [], [0], [4], [2, 0, 3]):
            book.case(name, function, [], size=size)
        for dtype in names:
            book.case(name, function, [], size=[2, 2], dtype=dtype)
    for size in ([2, 3], [], [0]):
        for kind in (float, int, bool):
            book.case("full", lambda size, fill_value, kind: torch.full(size, getattr(builtins, kind)(fill_value)), [],
                      size=size, fill_value=3, kind=kind.__name__)
        for dtype in names:
            book.case("full", typed(torch.full), [], size=size, fill_value=1.0, dtype=dtype)
    for value in (INF, -INF, NAN):
        book.case("full", typed(torch.full), [], size=[2], fill_value=value, dtype="float64")
    for start, end, step in ((0, 5, 1), (2, 9, 3), (2, 8, 3), (5, 0, -2), (3, 3, 1), (-2, 3, 1), (0, 1, 5)):
        book.case("arange", typed(torch.arange), [], start=start, end=end, step=step)
    for dtype in names[:-1]:
        book.case("arange", typed(torch.arange), [], start=1, end=6, step=2, dtype=dtype)
    for start, end, step in ((0.0, 1.0, 0.25), (0.0, 1.01, 0.25), (1.0, 0.0, -0.5), (1.0, 1.0, 1.0), (-1.5, 4.0, 1.0),
                             (0.0, 1.0, 0.1), (0.3, 2.0, 0.7)):
        book.case("arange_float", typed(torch.arange), [], start=start, end=end, step=step, dtype="float64")
    book.case("arange_float", typed(torch.arange), [], start=0.5, end=3.0, step=0.5)
    for start, end, steps in ((0.0, 1.0, 5), (3.0, 7.0, 1), (3.0, 7.0, 0), (5.0, -5.0, 3), (2.0, 2.0, 3), (0.1, 0.7, 8),
                              (-1.0, 1.0, 9), (0.0, 1e300, 4)):
        book.case("linspace", typed(torch.linspace), [], start=start, end=end, steps=steps, dtype="float64")
    for start, end, steps, base in ((0.0, 2.0, 3, 10.0), (-1.0, 1.0, 5, 10.0), (0.0, 8.0, 9, 2.0), (1.0, 2.0, 1, 10.0),
                                    (1.0, 2.0, 0, 10.0), (2.0, -2.0, 4, 2.718281828459045), (0.0, 3.0, 4, -2.0),
                                    (1.0, 3.0, 3, 0.5)):
        book.case("logspace", typed(torch.logspace), [], start=start, end=end, steps=steps, base=base, dtype="float64")
    for n, m in ((3, 3), (2, 3), (3, 1), (0, 0), (1, 0), (0, 2)):
        book.case("eye", typed(torch.eye), [], n=n, m=m)
    for dtype in names:
        book.case("eye", typed(torch.eye), [], n=2, m=2, dtype=dtype)
    for name, function, arguments in (("zeros_like", torch.zeros_like, {}), ("ones_like", torch.ones_like, {}),
                                      ("full_like", torch.full_like, {"fill_value": 2.0})):
        family(book, name, typed(function), [(shape, arguments) for shape in ((2, 3), (), (0, 2))])
        for dtype in names:
            book.case(name, typed(function), [normal(2)], **arguments, dtype=dtype)
    for name, function in (("tril_indices", torch.tril_indices), ("triu_indices", torch.triu_indices)):
        for row, col, offset in ((3, 3, 0), (3, 4, 1), (4, 3, -1), (2, 3, 9), (2, 3, -9), (0, 3, 0), (3, 0, 0),
                                 (1, 1, 0)):
            book.case(name, typed(function), [], row=row, col=col, offset=offset, dtype="int64")
        book.case(name, typed(function), [], row=3, col=2, offset=0, dtype="int32")
