"""Layers of matrix products, and those that only change shapes."""

import torch
from torch import nn

from layers.layer_book import LayerBook
from operations.book import FLOATS, normal


def linear(book: LayerBook) -> None:
    for dtype in FLOATS:
        for shape in ((4, 5), (5,), (2, 3, 5), (0, 5)):
            for bias in (True, False):
                module = nn.Linear(5, 3, bias=bias, dtype=dtype)
                book.layer("Linear", module, [normal(*shape, dtype=dtype)], in_features=5, out_features=3, bias=bias)


def flatten(book: LayerBook) -> None:
    cube = (2, 3, 2, 4)
    for shape, start, end in ((cube, 1, -1), (cube, 0, -1), (cube, 1, 2), (cube, 0, 1), (cube, -2, -1), (cube, 2, 2),
                              ((), 0, -1)):
        book.layer("Flatten", nn.Flatten(start, end), [normal(*shape)], start_dim=start, end_dim=end)


def containers(book: LayerBook) -> None:
    for dtype in FLOATS:
        x = normal(2, 5, dtype=dtype)
        book.layer("LazyLinear", nn.Linear(5, 3, dtype=dtype), [x], out_features=3)
        layers = nn.Linear(5, 4, dtype=dtype), nn.Tanh(), nn.Linear(4, 3, dtype=dtype)
        book.layer("Sequential", nn.Sequential(*layers), [x])


def cases(book: LayerBook) -> None:
    linear(book)
    flatten(book)
    containers(book)
