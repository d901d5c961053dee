"""Layers whose weight is made from other parameters."""

from torch import nn
from torch.nn.utils import parametrizations

from layers.layer_book import LayerBook
from operations.book import FLOATS, normal


def cases(book: LayerBook) -> None:
    for dtype in FLOATS:
        for axis in (0, 1, None):
            layer = parametrizations.weight_norm(nn.Linear(4, 3, dtype=dtype), dim=axis)
            book.layer("weight_norm", layer, [normal(2, 4, dtype=dtype)], axis=axis)
        for train, axis, iterations in ((False, 0, 1), (True, 0, 1), (True, 1, 1), (True, 0, 3)):
            layer = nn.Linear(4, 3, dtype=dtype)
            layer = parametrizations.spectral_norm(layer, dim=axis, n_power_iterations=iterations)
            book.layer("spectral_norm", layer, [normal(2, 4, dtype=dtype)], train=train, axis=axis,
                       power_iterations=iterations)
