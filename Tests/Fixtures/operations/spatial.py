"""Windows as columns, resampling, pixels as channels, and averages with a divisor of their own."""

import torch
from torch.nn import functional as F

from .book import DTYPES, FLOATS, Book, integers, normal


def cases(book: Book) -> None:
    windows(book)
    resampling(book)
    pixels(book)
    divisors(book)


def windows(book: Book) -> None:
    for shape, options in (
        ((2, 2, 4, 3), {"kernel_size": 2}), ((2, 5, 4), {"kernel_size": [3, 2], "padding": [1, 0]}),
        ((1, 1, 7, 6), {"kernel_size": [2, 3], "dilation": [3, 2], "stride": [2, 1], "padding": 1}),
        ((1, 2, 3, 3), {"kernel_size": 3}), ((1, 1, 5, 5), {"kernel_size": 1, "stride": 2}),
        ((1, 3, 4, 5), {"kernel_size": 2, "stride": 3}), ((0, 2, 3, 3), {"kernel_size": 2}),
    ):
        for dtype in FLOATS:
            x = normal(*shape, dtype=dtype)
            book.case("im2col", F.unfold, [x], **options)
            columns = F.unfold(x, **options)
            if columns.numel():
                book.case("col2im", F.fold, [normal(*columns.shape, dtype=dtype)], output_size=list(shape[-2:]),
                          **options)


def resampling(book: Book) -> None:
    nearest, one, two, three = (2, 3, 5), (1, 2, 6), (2, 1, 3, 4), (1, 1, 2, 3, 4)
    for shape, mode, sizes in (
        (nearest, "nearest", (8, 3, 5, 1)), (two, "nearest", (6, [2, 7])), (three, "nearest", ([3, 2, 6],)),
        (nearest, "nearest-exact", (8, 3, 5, 1)), (two, "nearest-exact", ([2, 7],)),
        (three, "nearest-exact", ([3, 2, 6],)), (one, "linear", (9, 4, 6, 1)), (two, "bilinear", (5, [2, 9], [1, 4])),
        (two, "bicubic", (5, [2, 9], [1, 4])), (three, "trilinear", (4, [1, 5, 2])),
    ):
        for corners in (False,) if mode.startswith("nearest") else (False, True):
            options = {"align_corners": True} if corners else {}
            for size in sizes:
                book.case("interpolate", F.interpolate, [normal(*shape)], size=size, mode=mode, **options)
            book.case("interpolate", F.interpolate, [normal(*shape, dtype=torch.float32)], size=sizes[0], mode=mode,
                      **options)
            for factor in (2.0, 0.6, 1.7, [1.5, 2.0, 1.0][: len(shape) - 2]):
                book.case("interpolate_scale", F.interpolate, [normal(*shape)], scale_factor=factor, mode=mode,
                          **options)
    # Integers that are not exact quotients of floats: i·n/m is one at every n-th result.
    for n, m in ((2, 82), (3, 49), (7, 31), (31, 7)):
        book.case("interpolate", F.interpolate, [normal(1, 1, n)], gradients=False, size=m, mode="nearest")
    book.case("interpolate", F.interpolate, [integers(0, 200, 1, 2, 3, 2, dtype=torch.uint8)], size=4, mode="nearest")
    book.case("interpolate", F.interpolate, [normal(0, 2, 3, 2)], gradients=False, size=4, mode="bilinear")


def pixels(book: Book) -> None:
    for shape, factor in (((1, 4, 2, 3), 2), ((9, 1, 2), 3), ((2, 2, 8, 1, 2), 2), ((1, 2, 2, 2), 1), ((0, 4, 2, 1), 2)):
        # Of nothing, PyTorch's gradient and its inverse have another shape.
        is_empty = 0 in shape
        book.case("pixel_shuffle", F.pixel_shuffle, [normal(*shape)], gradients=not is_empty, upscale_factor=factor)
        if not is_empty:
            shuffled = F.pixel_shuffle(torch.zeros(shape), factor).shape
            book.case("pixel_unshuffle", F.pixel_unshuffle, [normal(*shuffled)], downscale_factor=factor)
    for dtype in DTYPES:
        book.case("pixel_shuffle", F.pixel_shuffle, [integers(0, 2, 1, 4, 1, 2, dtype=dtype)], upscale_factor=2)
        book.case("pixel_unshuffle", F.pixel_unshuffle, [integers(0, 2, 1, 1, 2, 4, dtype=dtype)], downscale_factor=2)


def divisors(book: Book) -> None:
    book.case("avg_pool2d", F.avg_pool2d, [normal(1, 2, 4, 5)], kernel_size=2, divisor_override=3)
    book.case("avg_pool2d", F.avg_pool2d, [normal(1, 5, 5)], kernel_size=3, stride=2, padding=1, ceil_mode=True,
              count_include_pad=False, divisor_override=-2)
    book.case("avg_pool3d", F.avg_pool3d, [normal(1, 1, 2, 3, 4)], kernel_size=2, stride=1, divisor_override=5)
