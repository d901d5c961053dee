"""Reductions, scans and order statistics."""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .book import DTYPES, FLOATS, INF, INTEGERS, NAN, Book, distinct, integers, normal, uniform

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


def several(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """A reduction of one axis at a time, for any axes."""
    def apply(x: Tensor, dim: list[int] | None = None, keepdim: bool = False) -> Tensor:
        if dim is None:
            return function(x)
        kept = x
        for axis in dim:
            kept = function(kept, axis, keepdim=True) if x.dim() else function(kept, 0)
        if keepdim or x.dim() == 0:
            return kept
        places = {axis % x.dim() for axis in dim}
        return kept.reshape([size for axis, size in enumerate(x.shape) if axis not in places])
    return apply


prod = several(torch.prod)


def sums(book: Book) -> None:
    reduction(book, "sum", torch.sum, normal)
    of_dtypes(book, "sum", torch.sum, DTYPES)
    of_dtypes(book, "sum", torch.sum, DTYPES, dim=[0])
    of_specials(book, "sum", torch.sum)
    book.case("sum", torch.sum, [torch.tensor([2**62, 2**62, 2**62])])
    # Terms of alternating sign whose magnitudes add up to 1024 while little remains.
    for count in (16, 65, 300):
        x = normal(count).abs() * (1 - 2 * (torch.arange(count) % 2))
        x = x - x.mean()
        for dtype in FLOATS:
            scaled = (x * (1024 / x.abs().sum())).to(dtype)
            book.case("sum_cancelling", torch.sum, [scaled], dim=0)
            book.case("sum_cancelling", torch.sum, [scaled.reshape(-1, 1)], dim=0)
    for dtype in DTYPES:
        for source in (torch.tensor([2.5, -1.75, 300.0]), torch.tensor([[300, 7], [-5, 0]])):
            book.case("sum_dtype", lambda x, dtype: torch.sum(x, dtype=getattr(torch, dtype)), [source], wide=False,
                      gradients=dtype.is_floating_point, dtype=str(dtype).removeprefix("torch."))
    reduction(book, "mean", torch.mean, normal)
    of_dtypes(book, "mean", torch.mean, FLOATS, dim=[1])
    of_specials(book, "mean", torch.mean)
    for dtype in (*INTEGERS, torch.bool):
        # PyTorch wants the conversion written out.
        book.case("mean", lambda x: x.float().mean(), [filled((3, 4), dtype)], wide=False)
    for dtype in FLOATS:
        for source in (filled((2, 3), torch.int32), torch.tensor([1.0, 2.0, 4.0])):
            book.case("mean_dtype", lambda x, dtype: torch.mean(x, dtype=getattr(torch, dtype)), [source], wide=False,
                      dtype=str(dtype).removeprefix("torch."))


def products(book: Book) -> None:
    reduction(book, "prod", prod, normal)
    of_dtypes(book, "prod", prod, DTYPES)
    of_dtypes(book, "prod", prod, DTYPES, dim=[1])
    of_specials(book, "prod", prod)
    for rows in ([[0.0, 2.0, 3.0], [4.0, 5.0, -6.0]], [[0.0, 2.0, 0.0], [4.0, 0.0, 5.0]],
                 [[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]):
        for arguments in ({}, {"dim": [0]}, {"dim": [1]}, {"dim": [0, 1]}):
            book.case("prod", prod, [torch.tensor(rows).double()], **arguments)
    for dtype in DTYPES:
        book.case("prod_dtype", lambda x, dtype: torch.prod(x, dtype=getattr(torch, dtype)),
                  [torch.tensor([[3, 7], [5, 40]])], wide=False, dtype=str(dtype).removeprefix("torch."))


def extrema(book: Book) -> None:
    for name, function in (("amax", torch.amax), ("amin", torch.amin)):
        reduction(book, name, function, distinct, empty=False)
        of_dtypes(book, name, function, DTYPES, dim=[1])
        of_specials(book, name, function)
        for dim in ([0], [1], [0, 1]):
            # Equal elements share the gradient.
            book.case(name, function, [torch.tensor([[2.0, 1.0, 2.0], [2.0, 2.0, 1.0]]).double()], dim=dim)
    for name, function in (("max_dim", torch.max), ("min_dim", torch.min)):
        for shape, dim in LINES:
            book.case(name, function, [distinct(*shape)], dim=dim)
        book.case(name, function, [distinct(2, 3)], dim=1, keepdim=True)
        book.case(name, function, [distinct(2, 3, 2)], dim=1, keepdim=True)
        of_dtypes(book, name, function, DTYPES, dim=1)
        of_dtypes(book, name, function, DTYPES, dim=0)
        of_specials(book, name, function, dim=0)
        # The first of equal elements gets the whole gradient.
        book.case(name, function, [torch.tensor([[2.0, 1.0, 2.0], [1.0, 2.0, 1.0]]).double()], dim=1)
    for name, function in (("max", torch.max), ("min", torch.min)):
        for shape in ((), (1,), (5,), (2, 3), (3, 1, 2)):
            book.case(name, function, [distinct(*shape)])
        book.case(name, function, [torch.tensor([[2.0, 1.0, 2.0], [1.0, 2.0, 1.0]]).double()])
        of_dtypes(book, name, function, DTYPES)
    for shape, dim in LINES:
        book.case("aminmax", torch.aminmax, [distinct(*shape)], dim=dim)
    for keepdim in (False, True):
        book.case("aminmax", torch.aminmax, [distinct(2, 3)], keepdim=keepdim)
        book.case("aminmax", torch.aminmax, [distinct(2, 3)], dim=0, keepdim=keepdim)
    book.case("aminmax", torch.aminmax, [torch.tensor([2.0, 1.0, 2.0, 1.0]).double()])
    of_dtypes(book, "aminmax", torch.aminmax, DTYPES, dim=1)
    of_specials(book, "aminmax", torch.aminmax)
    for name, function in (("argmax", torch.argmax), ("argmin", torch.argmin)):
        for shape, dim in LINES:
            book.case(name, function, [distinct(*shape)], dim=dim)
            book.case(name, function, [integers(0, 2, *shape).double()], dim=dim, keepdim=True)
        for shape in ((), (5,), (2, 3), (3, 1, 2)):
            book.case(name, function, [distinct(*shape)])
            book.case(name, function, [integers(0, 2, *shape)], keepdim=True)
        of_dtypes(book, name, function, (*FLOATS, *INTEGERS), dim=1)
        of_specials(book, name, function)


def variances(book: Book) -> None:
    pairs = {"var": torch.var, "std": torch.std, "var_mean": torch.var_mean, "std_mean": torch.std_mean}
    for name, function in pairs.items():
        for shape, dim, keepdim in REDUCED:
            for correction in (0, 1) if shape not in ((), (0, 3)) else (0,):
                if shape == () and name.startswith("std"):
                    continue
                # The deviation of two elements is linear: what is left of its second derivative is rounding.
                pair = name.startswith("std") and (shape, dim) in (((2, 3), [0]), ((2, 1, 3, 2), [1, -1]))
                book.case(name, function, [normal(*shape)], second=not pair, dim=dim, correction=correction,
                          keepdim=keepdim)
        book.case(name, function, [normal(6)], dim=None, correction=3)
        book.case(name, function, [normal(2, 3)], gradients=False, dim=[1], correction=5)
        book.case(name, function, [normal(1)], gradients=False, dim=[0], correction=1)
        book.case(name, function, [torch.zeros(2, 0).double()], gradients=False, dim=[1], correction=1)
        book.case(name, function, [normal(3, 4, dtype=torch.float32)], dim=[0], correction=1)
        if "mean" not in name:
            # A mean far from zero takes no digits from the variance. It takes some from PyTorch's where the mean comes too,
            # and there an infinite mean is NaN.
            book.case(name, function, [normal(40) + 1e6], gradients=False, dim=[0], correction=1)
            of_specials(book, name, function, dim=[0], correction=0)
    book.case("std", torch.std, [torch.ones(4).double()], dim=None, correction=1, second=False)


def truths(book: Book) -> None:
    for name, function in (("all", torch.all), ("any", torch.any)):
        # Of uint8 PyTorch gives uint8, for the sake of what was before bool.
        def boolean(x: Tensor, function: Callable[..., Tensor] = function, **arguments: Any) -> Tensor:
            return function(x, **arguments).bool()
        reduction(book, name, boolean, lambda *shape: integers(0, 2, *shape, dtype=torch.bool))
        of_dtypes(book, name, boolean, DTYPES)
        for dim in ([0], [1]):
            for dtype in DTYPES:
                book.case(name, boolean, [torch.tensor([[1, 0, 2], [3, 0, 4]]).to(dtype)], dim=dim)
        of_specials(book, name, boolean)
    reduction(book, "count_nonzero", torch.count_nonzero, lambda *shape: integers(0, 3, *shape), keeps=False)
    of_dtypes(book, "count_nonzero", torch.count_nonzero, DTYPES)
    of_dtypes(book, "count_nonzero", torch.count_nonzero, DTYPES, dim=[0])
    of_specials(book, "count_nonzero", torch.count_nonzero)


def with_nan(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    x = distinct(*shape)
    return torch.where(torch.arange(x.numel()).reshape(shape) % 5 == 1, NAN, x).to(dtype)


def without_nan(book: Book) -> None:
    for name, function in (("nansum", torch.nansum), ("nanmean", torch.nanmean)):
        reduction(book, name, function, with_nan)
        book.case(name, function, [normal(2, 3)])
        book.case(name, function, [with_nan(3, 4, dtype=torch.float32)], dim=[1])
        of_specials(book, name, function)
    of_dtypes(book, "nansum", torch.nansum, DTYPES, dim=[0])


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


def covariances(book: Book) -> None:
    def cov(x: Tensor, *given: Tensor, weights: str = "", **arguments: Any) -> Tensor:
        return torch.cov(x, **arguments, **{f"{kind}weights": w for kind, w in zip(weights, given)})
    for shape in ((5,), (1, 4), (2, 4), (3, 3), (4, 6)):
        for correction in (0, 1):
            book.case("cov", cov, [normal(*shape)], correction=correction)
            counts, marks = integers(1, 4, shape[-1]), uniform(0.5, 2, shape[-1])
            book.case("cov", cov, [normal(*shape), counts], weights="f", correction=correction)
            book.case("cov", cov, [normal(*shape), marks], weights="a", correction=correction)
            book.case("cov", cov, [normal(*shape), counts, marks], weights="fa", correction=correction)
    book.case("cov", cov, [torch.tensor(2.0).double()], gradients=False)
    book.case("cov", cov, [torch.ones(2, 1).double()], gradients=False)
    book.case("cov", cov, [normal(3, 4, dtype=torch.float32)])
    book.case("cov", cov, [torch.tensor([[1, 2, 4], [3, 1, 0]])], wide=False)
    for shape in ((2, 4), (3, 5), (4, 6), (2, 3)):
        book.case("corrcoef", torch.corrcoef, [normal(*shape)])
    book.case("corrcoef", torch.corrcoef, [normal(5)], gradients=False)
    book.case("corrcoef", torch.corrcoef, [normal(3, 4, dtype=torch.float32)])
    book.case("corrcoef", torch.corrcoef, [torch.tensor([[1.0, 2.0, 4.0], [2.0, 4.0, 8.0]]).double()], gradients=False)
    book.case("corrcoef", torch.corrcoef, [torch.tensor([[1.0, 1.0, 1.0], [2.0, 4.0, 8.0]]).double()], gradients=False)


def distances(book: Book) -> None:
    for p in (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, INF, -INF):
        for left, right in (((5,), (5,)), ((2, 3), (3,)), ((2, 3), (2, 1))):
            book.case("dist", torch.dist, [distinct(*left), uniform(-0.05, 0.05, *right)], gradients=p != 0,
                      second=1 < p < INF, p=p)
    book.case("dist", torch.dist, [distinct(4), uniform(-0.05, 0.05, 4)], second=False, p=-1.0)
    book.case("dist", torch.dist, [torch.tensor([0.0, 2.0]).double(), torch.zeros(2).double()], gradients=False, p=-1.0)
    book.case("dist", torch.dist, [normal(3)] * 2, second=False, p=2.0)
    book.case("dist", torch.dist, [normal(3, dtype=torch.float32), normal(3, dtype=torch.float32)])
    for p in (0.0, 1.0, 1.5, 2.0, 3.0, INF):
        for left, right in (((2, 3), (4, 3)), ((3, 2, 2), (3, 1, 2)), ((2, 1, 2, 3), (4, 3, 3))):
            book.case("cdist", torch.cdist, [distinct(*left), uniform(-0.05, 0.05, *right)], gradients=p != 0,
                      second=False, p=p)
        book.case("cdist", torch.cdist, [normal(0, 3), normal(2, 3)], gradients=p != 0, second=False, p=p)
        book.case("cdist", torch.cdist, [normal(1, 0), normal(2, 0)], gradients=False, p=p)
    x = normal(3, 2)
    book.case("cdist", torch.cdist, [x, x.clone()], second=False, p=2.0)
    rows = normal(4, 3, dtype=torch.float32)
    book.case("cdist", torch.cdist, [rows[:2], rows[2:]], second=False)


def cases(book: Book) -> None:
    for family in (sums, products, extrema, variances, truths, without_nan, order_statistics, quantiles, scans,
                   differences, covariances, distances):
        family(book)
