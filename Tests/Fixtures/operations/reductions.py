"""Reductions, covariances and distances; with `lines` the family of reductions."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .axes import LINES, REDUCED, filled, of_dtypes, of_specials, reduction, with_nan
from .book import DTYPES, FLOATS, INF, INTEGERS, Book, distinct, integers, normal, uniform
from .lines import differences, order_statistics, quantiles, scans


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
            # A mean far from zero takes no digits from the variance. It takes some from PyTorch's where the mean comes
            # too, and there an infinite mean is NaN.
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


def without_nan(book: Book) -> None:
    for name, function in (("nansum", torch.nansum), ("nanmean", torch.nanmean)):
        reduction(book, name, function, with_nan)
        book.case(name, function, [normal(2, 3)])
        book.case(name, function, [with_nan(3, 4, dtype=torch.float32)], dim=[1])
        of_specials(book, name, function)
    of_dtypes(book, "nansum", torch.nansum, DTYPES, dim=[0])


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
