"""Maxima and averages of windows."""

from torch import nn

from layers.layer_book import LayerBook
from layers.printed import given, printed, tuples
from operations.book import FLOATS, NAN, distinct, normal


def maxima(book: LayerBook) -> None:
    for kind, variants in {
        nn.MaxPool1d: (((2, 2, 7), 2, {}), ((2, 7), 3, {"stride": 2, "padding": 1}), ((0, 2, 4), 2, {}),
                       ((1, 2, 8), 3, {"stride": 2, "ceil_mode": True}), ((1, 1, 9), 3, {"stride": 1, "dilation": 2})),
        nn.MaxPool2d: (((1, 2, 5, 4), 2, {}), ((2, 4, 5), [2, 3], {"stride": [2, 1], "padding": [1, 1]}),
                       ((1, 1, 5, 5), 3, {"stride": 2, "padding": 1, "ceil_mode": True}), ((0, 2, 4, 4), 2, {}),
                       ((1, 1, 5, 6), 2, {"stride": 1, "dilation": [2, 3]})),
        nn.MaxPool3d: (((1, 1, 2, 4, 5), 2, {}), ((2, 3, 3, 2), [2, 3, 1], {"stride": 1, "padding": [0, 1, 0]}),
                       ((1, 1, 3, 3, 3), 2, {"stride": 2, "ceil_mode": True}),
                       ((1, 1, 3, 3, 4), 2, {"stride": 1, "dilation": [2, 1, 3]})),
    }.items():
        for shape, kernel, options in variants:
            for dtype in FLOATS:
                printed(book, kind(given(kernel), **tuples(options)), [distinct(*shape, dtype=dtype)], kernel_size=kernel, **options)
        rough = normal(*variants[0][0])
        rough.view(-1)[1] = NAN
        printed(book, kind(2), [rough], gradients=False, kernel_size=2)


def averages(book: LayerBook) -> None:
    for kind, variants in {
        nn.AvgPool1d: (((2, 2, 7), 2, {}), ((2, 7), 3, {"stride": 2, "padding": 1}), ((0, 2, 4), 2, {}),
                       ((1, 2, 8), 3, {"stride": 2, "ceil_mode": True}),
                       ((2, 7), 3, {"stride": 2, "padding": 1, "count_include_pad": False})),
        nn.AvgPool2d: (((1, 2, 5, 4), 2, {}), ((2, 4, 5), [2, 3], {"stride": [2, 1], "padding": [1, 1]}),
                       ((1, 1, 5, 5), 3, {"stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False}),
                       ((0, 2, 4, 4), 2, {}), ((2, 1, 3, 5), 2, {"stride": 1, "divisor_override": 3})),
        nn.AvgPool3d: (((1, 1, 2, 4, 5), 2, {}), ((2, 3, 3, 2), [2, 3, 1], {"stride": 1, "padding": [0, 1, 0]}),
                       ((1, 1, 3, 3, 3), 2, {"padding": 1, "ceil_mode": True, "count_include_pad": False}),
                       ((1, 1, 2, 3, 3), 2, {"stride": 1, "divisor_override": 7})),
    }.items():
        for shape, kernel, options in variants:
            for dtype in FLOATS:
                printed(book, kind(given(kernel), **tuples(options)), [normal(*shape, dtype=dtype)], kernel_size=kernel, **options)


def adaptive(book: LayerBook) -> None:
    for axes, variants in {
        1: (((2, 2, 7), 3), ((2, 5), 1), ((1, 1, 3), 7), ((0, 2, 4), 2)),
        2: (((1, 2, 5, 4), 2), ((2, 5, 4), [2, 3]), ((1, 1, 3, 4), [2, None]), ((2, 1, 7, 2), [None, 1])),
        3: (((1, 1, 2, 4, 3), 2), ((2, 3, 2, 3), [2, 1, 3]), ((1, 1, 3, 3, 2), [None, 2, None])),
    }.items():
        for kind, inputs in ((nn.AdaptiveAvgPool1d, normal), (nn.AdaptiveMaxPool1d, distinct)):
            kind = getattr(nn, kind.__name__.replace("1d", f"{axes}d"))
            for shape, size in variants:
                if inputs is distinct and 0 in shape:
                    continue
                for dtype in FLOATS:
                    # -1 stands for None.
                    printed(book, kind(given(size)), [inputs(*shape, dtype=dtype)],
                            output_size=[-1 if n is None else n for n in size] if isinstance(size, list) else size)


def cases(book: LayerBook) -> None:
    maxima(book)
    averages(book)
    adaptive(book)
