"""Normalisations by groups, by samples, by mean squares and by neighbours."""

import torch
from torch import Tensor
from torch.nn import functional as F

from .book import FLOATS, Book, normal


def cases(book: Book) -> None:
    by_groups(book)
    by_squares(book)


def by_groups(book: Book) -> None:
    def group_norm(x: Tensor, *parameters: Tensor, num_groups: int, eps: float = 1e-5) -> Tensor:
        return F.group_norm(x, num_groups, *parameters, eps=eps)

    def instance_norm(x: Tensor, *parameters: Tensor, eps: float = 1e-5) -> Tensor:
        weight, bias = (*parameters, None, None)[:2]
        return F.instance_norm(x, weight=weight, bias=bias, eps=eps)

    # In a group of two elements nothing is left of the gradient but rounding.
    for shape, groups in (((2, 6), 2), ((3, 4, 3), 2), ((1, 6, 2, 3), 3), ((2, 3, 5), 1), ((2, 3, 2, 1, 2), 3),
                          ((1, 2, 17), 2), ((0, 4, 2), 2)):
        c = shape[1]
        for dtype in FLOATS:
            x, weight, bias = normal(*shape, dtype=dtype), normal(c, dtype=dtype), normal(c, dtype=dtype)
            book.case("group_norm", group_norm, [x], num_groups=groups)
            book.case("group_norm", group_norm, [x, weight, bias], num_groups=groups, eps=1e-3)
            if len(shape) > 2 and shape[0]:
                book.case("instance_norm", instance_norm, [x])
                book.case("instance_norm", instance_norm, [x, weight, bias], eps=0.1)
    book.case("group_norm", group_norm, [normal(2, 4, 2), normal(4)], num_groups=2)


def by_squares(book: Book) -> None:
    def rms_norm(x: Tensor, *weight: Tensor, normalized_shape: list[int], eps: float | None = None) -> Tensor:
        return F.rms_norm(x, normalized_shape, *weight, eps=eps)

    for shape, normalized in (((2, 5), [5]), ((2, 2, 3), [3]), ((2, 2, 3), [2, 3]), ((4,), [4]), ((1, 17), [17]),
                              ((0, 3), [3])):
        for dtype in FLOATS:
            x, weight = normal(*shape, dtype=dtype), normal(*normalized, dtype=dtype)
            book.case("rms_norm", rms_norm, [x], normalized_shape=normalized, eps=1e-5)
            book.case("rms_norm", rms_norm, [x, weight], normalized_shape=normalized, eps=0.5)
    book.case("rms_norm", rms_norm, [normal(3, 4), normal(4)], normalized_shape=[4])
    # So small that the least eps decides.
    book.case("rms_norm", rms_norm, [1e-8 * normal(3, 4), normal(4)], second=False, normalized_shape=[4])
    book.case("rms_norm", rms_norm, [1e-4 * normal(3, 4, dtype=torch.float32)], second=False, wide=False,
              normalized_shape=[4])
    for shape, size in (((2, 3, 4), 1), ((1, 5, 2), 3), ((2, 4, 2, 3), 2), ((1, 3, 2, 1, 2), 5), ((0, 3, 2), 2)):
        for dtype in FLOATS:
            x = normal(*shape, dtype=dtype)
            book.case("local_response_norm", F.local_response_norm, [x], size=size)
            book.case("local_response_norm", F.local_response_norm, [x], size=size, alpha=2.0, beta=1.5, k=0.5)
