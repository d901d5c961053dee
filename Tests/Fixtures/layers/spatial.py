"""Padding, resampling, windows as columns, pixels as channels."""

from torch import nn

from layers.layer_book import LayerBook
from layers.printed import given, printed, tuples
from operations.book import FLOATS, normal


def padding(book: LayerBook) -> None:
    variants = {
        1: (((2, 2, 4), 2), ((2, 5), [1, 3]), ((1, 1, 4), [0, 2])),
        2: (((1, 2, 3, 4), 1), ((1, 4, 5), [1, 3, 2, 0]), ((2, 1, 3, 3), [0, 0, 2, 1])),
        3: (((1, 1, 2, 3, 4), 1), ((1, 3, 4, 3), [1, 2, 0, 3, 2, 1])),
    }
    for axes, shapes in variants.items():
        for kind in ("Zero", "Reflection", "Replication", "Circular", "Constant"):
            make = getattr(nn, f"{kind}Pad{axes}d")
            for shape, widths in shapes:
                options = {"value": -1.5} if kind == "Constant" else {}
                for dtype in FLOATS:
                    printed(book, make(given(widths), **options), [normal(*shape, dtype=dtype)], padding=widths, **options)
    for kind, widths in ((nn.ZeroPad1d, (-1, 2)), (nn.ZeroPad2d, (1, -1, -2, 0)), (nn.ReplicationPad1d, (-1, 2)),
                         (nn.ReflectionPad2d, (-1, 2, 1, -1))):
        shape = (2, 1, *[4] * (len(widths) // 2))
        printed(book, kind(widths), [normal(*shape)], padding=list(widths))
    for kind in (nn.ZeroPad2d, nn.ReflectionPad2d, nn.ReplicationPad2d, nn.CircularPad2d):
        printed(book, kind(1), [normal(0, 1, 3, 2)], gradients=False, padding=1)


def upsampling(book: LayerBook) -> None:
    for shape, options in (
        ((2, 1, 5), {"scale_factor": 2}), ((1, 2, 3, 4), {"size": [5, 3]}), ((1, 1, 2, 3, 2), {"size": 4}),
        ((2, 2, 3, 2), {"scale_factor": [1.5, 2.0]}), ((1, 2, 6), {"size": 9, "mode": "linear"}),
        ((2, 1, 5), {"scale_factor": 0.6, "mode": "linear", "align_corners": True}),
        ((1, 2, 3, 4), {"scale_factor": 2, "mode": "bilinear"}),
        ((2, 1, 3, 5), {"size": [7, 4], "mode": "bilinear", "align_corners": True}),
        ((1, 1, 4, 3), {"scale_factor": 1.7, "mode": "bicubic"}),
        ((1, 1, 3, 3), {"size": 5, "mode": "bicubic", "align_corners": True}),
        ((1, 1, 2, 3, 2), {"scale_factor": 2, "mode": "trilinear"}),
        ((1, 1, 2, 2, 3), {"size": [3, 4, 2], "mode": "trilinear", "align_corners": True}),
        ((1, 2, 5), {"size": 3, "mode": "nearest-exact"}),
    ):
        made = tuples(options)
        for dtype in FLOATS:
            printed(book, nn.Upsample(**made), [normal(*shape, dtype=dtype)], **options)
    printed(book, nn.Upsample(size=3, mode="bilinear"), [normal(0, 2, 2, 4)], gradients=False, size=3, mode="bilinear")


def pixels(book: LayerBook) -> None:
    for shape, factor in (((1, 4, 2, 3), 2), ((9, 1, 2), 3), ((2, 2, 8, 1, 2), 2), ((1, 2, 2, 1), 1)):
        for dtype in FLOATS:
            printed(book, nn.PixelShuffle(factor), [normal(*shape, dtype=dtype)], upscale_factor=factor)
            *lead, c, h, w = shape
            pixel = normal(*lead, c // factor**2, h * factor, w * factor, dtype=dtype)
            printed(book, nn.PixelUnshuffle(factor), [pixel], downscale_factor=factor)


def windows(book: LayerBook) -> None:
    for shape, options in (
        ((2, 2, 4, 3), {"kernel_size": 2}), ((2, 5, 4), {"kernel_size": [3, 2], "padding": [1, 0]}),
        ((1, 1, 7, 6), {"kernel_size": [2, 3], "dilation": [3, 2], "stride": [2, 1], "padding": 1}),
        ((0, 2, 3, 3), {"kernel_size": 2}),
    ):
        made = tuples(options)
        unfold = nn.Unfold(**made)
        for dtype in FLOATS:
            x = normal(*shape, dtype=dtype)
            printed(book, unfold, [x], **options)
            columns = normal(*unfold(x).shape, dtype=dtype)
            size = list(shape[-2:])
            if columns.numel():
                printed(book, nn.Fold(tuple(size), **made), [columns], output_size=size, **options)


def cases(book: LayerBook) -> None:
    padding(book)
    upsampling(book)
    pixels(book)
    windows(book)
