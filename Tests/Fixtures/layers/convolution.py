"""Convolutions and transposed convolutions of sequences, images and volumes."""

from typing import Any

from torch import nn

from layers.layer_book import LayerBook
from layers.printed import printed
from operations.book import FLOATS, normal


def convolutions(book: LayerBook) -> None:
    for kind, variants in {
        nn.Conv1d: (
            ((2, 2, 7), 2, 3, 3, {}), ((2, 6), 2, 3, 2, {"stride": 2, "bias": False}),
            ((1, 2, 9), 2, 2, 3, {"stride": 2, "padding": 3, "dilation": 2}),
            ((1, 4, 5), 4, 4, 2, {"groups": 2, "padding": "same"}), ((2, 3, 4), 3, 6, 3, {"groups": 3, "padding": 1}),
            ((1, 2, 8), 2, 1, 2, {"padding": "valid", "dilation": 3}), ((0, 2, 5), 2, 3, 3, {}),
            ((2, 2, 5), 2, 3, 4, {"padding": "same", "padding_mode": "reflect"}),
            ((1, 2, 5), 2, 2, 3, {"padding": 2, "padding_mode": "replicate", "stride": 2}),
            ((2, 5), 2, 2, 3, {"padding": 4, "padding_mode": "circular"}),
            ((1, 1, 4), 1, 1, 2, {"padding": "valid", "padding_mode": "circular"}),
        ),
        nn.Conv2d: (
            ((2, 3, 5, 4), 3, 2, 3, {"stride": 2, "padding": 1}), ((2, 4, 5), 2, 3, [2, 3], {"padding": "same"}),
            ((1, 2, 6, 5), 2, 2, 2, {"stride": [2, 1], "padding": [1, 2], "dilation": [2, 1], "bias": False}),
            ((1, 4, 3, 3), 4, 2, 2, {"groups": 2}), ((0, 1, 3, 3), 1, 2, 2, {}), ((1, 1, 2, 2), 1, 1, 1, {}),
            ((2, 1, 4, 3), 1, 2, 3, {"padding": [2, 1], "padding_mode": "reflect"}),
            ((1, 2, 3, 4), 2, 1, [3, 2], {"padding": "same", "padding_mode": "circular"}),
            ((2, 3, 3), 2, 1, 3, {"padding": 1, "padding_mode": "replicate"}),
        ),
        nn.Conv3d: (
            ((1, 2, 3, 4, 3), 2, 2, 2, {"padding": [1, 0, 1], "stride": [2, 1, 1]}),
            ((2, 3, 2, 3), 2, 2, [2, 1, 2], {"groups": 2, "padding": "same"}),
            ((1, 1, 4, 3, 3), 1, 1, 2, {"dilation": [3, 1, 2], "bias": False}), ((0, 1, 2, 2, 2), 1, 1, 2, {}),
            ((1, 1, 2, 3, 2), 1, 2, 2, {"padding": 1, "padding_mode": "reflect"}),
        ),
    }.items():
        for shape, inputs, outputs, kernel, options in variants:
            add(book, kind, shape, inputs, outputs, kernel, options)


def transposed(book: LayerBook) -> None:
    for kind, variants in {
        nn.ConvTranspose1d: (
            ((2, 2, 4), 2, 3, 3, {}), ((2, 4), 2, 2, 3, {"stride": 2, "padding": 1, "output_padding": 1}),
            ((1, 4, 3), 4, 2, 3, {"groups": 2, "stride": 3, "bias": False}), ((1, 2, 3), 2, 1, 2, {"dilation": 3}),
            ((0, 2, 3), 2, 1, 2, {}), ((1, 1, 3), 1, 2, 3, {"stride": 3, "output_size": 10}),
        ),
        nn.ConvTranspose2d: (
            ((1, 2, 2, 3), 2, 2, [3, 2], {"stride": [2, 1], "padding": [1, 0], "output_padding": [1, 0]}),
            ((2, 2, 2), 2, 2, 2, {"groups": 2, "dilation": [1, 2]}), ((1, 1, 3, 3), 1, 2, 3, {"padding": 1, "bias": False}),
            ((1, 2, 2, 3), 2, 1, 3, {"stride": 2, "padding": 1, "output_size": [4, 5]}),
        ),
        nn.ConvTranspose3d: (
            ((1, 2, 2, 2, 2), 2, 1, 2, {"stride": [1, 2, 2]}), ((2, 2, 1, 2), 2, 2, [2, 1, 2], {"groups": 2}),
            ((1, 1, 2, 1, 2), 1, 2, 2, {"stride": 2, "padding": [1, 0, 0], "output_padding": 1}),
            ((2, 2, 1, 2), 2, 1, 2, {"stride": 2, "output_size": [5, 2, 4]}),
        ),
    }.items():
        for shape, inputs, outputs, kernel, options in variants:
            add(book, kind, shape, inputs, outputs, kernel, options)


def add(book: LayerBook, kind: type[nn.Module], shape: tuple[int, ...], inputs: int, outputs: int,
        kernel: int | list[int], options: dict[str, Any]) -> None:
    size = options.get("output_size")
    made = {key: value for key, value in options.items() if key != "output_size"}
    call = (lambda module, x: module(x, output_size=[size] if isinstance(size, int) else size)) if size else None
    # A padding by name is an argument of its own.
    options = {"padding_name" if isinstance(value, str) and key == "padding" else key: value
               for key, value in options.items()}
    for dtype in FLOATS:
        module = kind(inputs, outputs, kernel, dtype=dtype, **made)
        printed(book, module, [normal(*shape, dtype=dtype)], call=call, in_channels=inputs, out_channels=outputs,
                kernel_size=kernel, **options)


def cases(book: LayerBook) -> None:
    convolutions(book)
    transposed(book)
