"""What runs along one axis: order statistics, quantiles, scans and differences."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .axes import EMPTY_LINES, LINES, SPECIAL, of_dtypes, of_specials, with_nan
from .book import DTYPES, FLOATS, INF, INTEGERS, NAN, Book, distinct, integers, normal, uniform


def order_statistics(book: Book) -> None:
    for name, function in (("median", torch.median), ("nanmedian", torch.nanmedian)):
        for shape in ((), (1,), (5,), (6,), (2, 3), (3, 1, 4)):
            book.case(name, function, [distinct(*shape)])
            if name == "nanmedian" and math.prod(shape) > 1:
                book.case(name, function, [with_nan(*shape)])
        book.case(name, function, [torch.tensor([2.0, 1.0, 2.0, 3.0, 2.0]).double()])
        book.case(name, function, [torch.zeros(0).double()], gradients=False)
        of_dtypes(book, name, function, (*FLOATS, *INTEGERS))
        of_specials(book, name, function)
    for name, function in (("median_dim", torch.median), ("nanmedian_dim", torch.nanmedian)):
        for shape, dim in LINES:
            book.case(name, function, [distinct(*shape)], dim=dim)
            book.case(name, function, [with_nan(*shape)], gradients=name == "nanmedian_dim", dim=dim, keepdim=True)
        for dtype in (*FLOATS, *INTEGERS):
            book.case(name, function, [torch.randperm(12).reshape(3, 4).to(dtype)], dim=1)
        rows = torch.tensor([[NAN, 1.0, NAN, 0.0], [NAN, 2.0, 3.0, 4.0]]).double()
        book.case(name, function, [rows], gradients=False, dim=1)
    book.case("median_dim", torch.median, [torch.full((2, 3), NAN).double()], gradients=False, dim=1)
    for shape, dim in LINES:
        for k in {1, (shape[dim] + 1) // 2, shape[dim]} if shape else {1}:
            book.case("kthvalue", torch.kthvalue, [distinct(*shape)], k=k, dim=dim, keepdim=k == 1)
    for dtype in (*FLOATS, *INTEGERS):
        book.case("kthvalue", torch.kthvalue, [torch.randperm(12).reshape(3, 4).to(dtype)], k=2, dim=0)
    book.case("kthvalue", torch.kthvalue, [torch.tensor([3.0, NAN, 1.0, INF, -INF]).double()], gradients=False, k=5)
    book.case("kthvalue", torch.kthvalue, [torch.tensor([3.0, NAN, 1.0, INF, -INF]).double()], gradients=False, k=4)
    for shape, dim in LINES:
        book.case("mode", torch.mode, [integers(0, 3, *shape).double()], dim=dim)
    for dtype in DTYPES:
        book.case("mode", torch.mode, [integers(0, 3, 3, 9, dtype=dtype)], dim=1, keepdim=True)
    book.case("mode", torch.mode, [distinct(6)])
    book.case("mode", torch.mode, [torch.tensor([INF, -INF, 2.0, INF, -INF, 2.0]).double()], gradients=False)
    book.case("mode", torch.mode, [torch.tensor([-0.0, 0.0, 1.0, 1.0, 0.0]).double()], gradients=False)


def quantiles(book: Book) -> None:
    for name, torch_function in (("quantile", torch.quantile), ("nanquantile", torch.nanquantile)):
        def function(x: Tensor, q: float | None = None, qs: list[float] | None = None,
                     torch_function: Callable[..., Tensor] = torch_function, **arguments: Any) -> Tensor:
            return torch_function(x, q if qs is None else torch.tensor(qs, dtype=x.dtype), **arguments)
        for interpolation in ("linear", "lower", "higher", "midpoint", "nearest"):
            for q in (0.0, 0.125, 0.5, 1.0):
                book.case(name, function, [distinct(6)], q=q, interpolation=interpolation)
            book.case(name, function, [distinct(3, 5)], qs=[0.25, 0.6, 0.99], dim=1, interpolation=interpolation)
            book.case(name, function, [with_nan(2, 7)], gradients=name == "nanquantile", q=0.3, dim=1,
                      interpolation=interpolation)
        for shape, dim in LINES:
            if 0 not in shape:
                book.case(name, function, [distinct(*shape)], q=0.375, dim=dim)
                book.case(name, function, [distinct(*shape)], qs=[0.5, 0.0, 0.8], dim=dim, keepdim=True)
        for keepdim in (False, True):
            book.case(name, function, [distinct(2, 3)], q=0.4, keepdim=keepdim)
            book.case(name, function, [distinct(2, 3)], qs=[0.4], keepdim=keepdim)
            book.case(name, function, [distinct(2, 3)], qs=[], keepdim=keepdim)
        book.case(name, function, [distinct(3, 4, dtype=torch.float32)], q=0.25, dim=0)
        rows = torch.tensor([[NAN, 1.0, 2.0], [NAN, NAN, NAN]]).double()
        book.case(name, function, [rows], gradients=False, q=0.5, dim=1)
        book.case(name, function, [torch.tensor([INF, 1.0, 2.0, -INF]).double()], gradients=False, q=0.5)


def scans(book: Book) -> None:
    for name, function in (("cumsum", torch.cumsum), ("cumprod", torch.cumprod)):
        for shape, dim in (*LINES, *EMPTY_LINES):
            book.case(name, function, [normal(*shape)], dim=dim)
        book.case(name, function, [normal(2, 40)], dim=1)
        of_dtypes(book, name, function, DTYPES, dim=0)
        of_dtypes(book, name, function, DTYPES, dim=1)
        of_specials(book, name, function, dim=0)
    for dtype in DTYPES[:-1]:
        book.case("cumsum_dtype", lambda x, dim, dtype: torch.cumsum(x, dim, dtype=getattr(torch, dtype)),
                  [torch.tensor([[200, 100], [7, -3]])], wide=False, dim=0, dtype=str(dtype).removeprefix("torch."))
    for row in ([0.0, 2.0, 3.0, 4.0], [2.0, 0.0, 3.0, 4.0], [2.0, 3.0, 4.0, 0.0], [0.0, 2.0, 0.0, 3.0],
                [2.0, 0.0, 0.0, 3.0], [0.0, 0.0, 0.0, 1.0]):
        book.case("cumprod", torch.cumprod, [torch.tensor(row).double()], dim=0)
        book.case("cumprod", torch.cumprod, [torch.tensor([row, [1.0, 2.0, -3.0, 4.0]]).double().T.contiguous()], dim=0)
    for name, function in (("cummax", torch.cummax), ("cummin", torch.cummin)):
        for shape, dim in (*LINES, *EMPTY_LINES):
            book.case(name, function, [distinct(*shape)], dim=dim)
        of_dtypes(book, name, function, DTYPES, dim=0)
        of_dtypes(book, name, function, DTYPES, dim=1)
        of_specials(book, name, function, dim=0)
        book.case(name, function, [torch.tensor([1.0, 3.0, 3.0, NAN, 2.0, NAN, 5.0]).double()], gradients=False, dim=0)
        # The last of equal elements gets the gradient.
        book.case(name, function, [torch.tensor([[1.0, 3.0, 1.0, 3.0, 1.0]]).double()], dim=1)
    for shape, dim in (*LINES, *EMPTY_LINES):
        # Of one element the second derivative is 0, up to rounding.
        book.case("logcumsumexp", torch.logcumsumexp, [normal(*shape)], second=shape != () and shape[dim] > 1, dim=dim)
    book.case("logcumsumexp", torch.logcumsumexp, [normal(3, 4, dtype=torch.float32)], dim=1)
    for row in (*SPECIAL, [1000.0, 1001.0, 999.0], [-1e300, 1e300, 0.0], [-INF, -INF, 1.0, 2.0], [0.0, -INF, 1.0]):
        book.case("logcumsumexp", torch.logcumsumexp, [torch.tensor(row).double()], gradients=False, dim=0)


def differences(book: Book) -> None:
    def diff(x: Tensor, *ends: Tensor, sides: str = "", **arguments: Any) -> Tensor:
        return torch.diff(x, **arguments, **dict(zip({"": [], "p": ["prepend"], "a": ["append"],
                                                      "pa": ["prepend", "append"]}[sides], ends)))
    for shape, dim in LINES[1:]:
        for n in (1, 2):
            book.case("diff", diff, [normal(*shape)], n=n, dim=dim)
    for n in (0, 3, 4, 9):
        book.case("diff", diff, [normal(4)], n=n)
    for sides, sizes in (("p", (1,)), ("a", (2,)), ("pa", (1, 2)), ("pa", (0, 1))):
        book.case("diff", diff, [normal(2, 3), *(normal(2, size) for size in sizes)], sides=sides)
        book.case("diff", diff, [normal(3, 2), *(normal(size, 2) for size in sizes)], sides=sides, dim=0, n=2)
    of_dtypes(book, "diff", diff, DTYPES, wide=False)
    of_dtypes(book, "diff", diff, DTYPES, wide=False, dim=0, n=2)
    for name, function in (("trapezoid", torch.trapezoid), ("cumulative_trapezoid", torch.cumulative_trapezoid)):
        for shape, dim in LINES[1:]:
            book.case(name, function, [normal(*shape)], dim=dim)
            book.case(name, function, [normal(*shape)], dx=0.25, dim=dim)
            if 0 not in shape:
                book.case(f"{name}_x", function, [normal(*shape), uniform(0, 3, shape[dim])], dim=dim)
                book.case(f"{name}_x", function, [normal(*shape), uniform(0, 3, *shape)], dim=dim)
        book.case(name, function, [torch.zeros(2, 0).double()])
        book.case(f"{name}_x", function, [normal(2, 3, 4), uniform(0, 3, 3, 4)], dim=1)
        of_dtypes(book, name, function, (*FLOATS, *INTEGERS))
