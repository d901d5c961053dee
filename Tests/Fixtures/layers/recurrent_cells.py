"""Cells of recurrent layers: single steps."""

from torch import nn

from layers.layer_book import LayerBook
from layers.recurrent import HIDDEN, INPUT, called
from operations.book import FLOATS, normal


def cases(book: LayerBook) -> None:
    for kind, options in ((nn.RNNCell, ({}, {"bias": False}, {"nonlinearity": "relu"})),
                          (nn.LSTMCell, ({}, {"bias": False})), (nn.GRUCell, ({}, {"bias": False}))):
        count = 2 if kind is nn.LSTMCell else 1
        for each in options:
            for dtype in FLOATS:
                module = kind(INPUT, HIDDEN, dtype=dtype, **each)
                for batch in ((3,), ()):
                    x = normal(*batch, INPUT, dtype=dtype)
                    for state in ([normal(*batch, HIDDEN, dtype=dtype) for _ in range(count)], []):
                        book.layer(kind.__name__, module, [x, *state], call=called, input_size=INPUT,
                                   hidden_size=HIDDEN, **each)
