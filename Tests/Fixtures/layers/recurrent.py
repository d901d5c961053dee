"""Recurrent layers over padded, single and packed sequences."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from layers.layer_book import LayerBook
from operations.book import FLOATS, normal

INPUT, HIDDEN, LENGTH, BATCH = 2, 3, 4, 2
# The first is called in every way.
OPTIONS: tuple[dict[str, Any], ...] = (
    {}, {"bias": False}, {"batch_first": True}, {"bidirectional": True}, {"num_layers": 2, "dropout": 0.5},
    {"num_layers": 2, "bidirectional": True, "batch_first": True})
LAYERS: tuple[tuple[type[nn.RNNBase], tuple[dict[str, Any], ...]], ...] = (
    (nn.RNN, (*OPTIONS, {"nonlinearity": "relu"}, {"nonlinearity": "relu", "bidirectional": True})),
    (nn.LSTM, (*OPTIONS, {"proj_size": 2}, {"proj_size": 2, "num_layers": 2, "bidirectional": True})), (nn.GRU, OPTIONS))


def called(module: nn.RNNBase, x: Tensor, *state: Tensor) -> Any:
    return module(x, (state if len(state) > 1 else state[0]) if state else None)


def packed(lengths: tuple[int, ...], batch_first: bool) -> Any:
    """A call of the layer with a packed batch, its output padded again."""
    def call(module: nn.RNNBase, x: Tensor, *state: Tensor) -> Any:
        sequences = pack_padded_sequence(x, torch.tensor(lengths), batch_first, enforce_sorted=False)
        output, final = called(module, sequences, *state)
        return pad_packed_sequence(output, batch_first, total_length=x.shape[1 if batch_first else 0])[0], final
    return call


def states(module: nn.RNNBase, dtype: torch.dtype, *batch: int) -> list[Tensor]:
    """An initial state for a batch, or without a size for a single sequence."""
    count = module.num_layers * (2 if module.bidirectional else 1)
    sizes = [module.proj_size or module.hidden_size, module.hidden_size][:2 if isinstance(module, nn.LSTM) else 1]
    return [normal(count, *batch, size, dtype=dtype) for size in sizes]


def padded(batch_first: bool, dtype: torch.dtype, length: int = LENGTH, batch: int = BATCH) -> Tensor:
    return normal(*((batch, length) if batch_first else (length, batch)), INPUT, dtype=dtype)


def layer(book: LayerBook, kind: type[nn.RNNBase], options: dict[str, Any], dtype: torch.dtype) -> None:
    """Batches with and without an initial state, a packed one, and a single sequence."""
    module, first = kind(INPUT, HIDDEN, dtype=dtype, **options), options.get("batch_first", False)
    arguments = {"input_size": INPUT, "hidden_size": HIDDEN, **options}
    def add(x: Tensor, *state: Tensor, call: Any = called, **more: Any) -> None:
        book.layer(kind.__name__, module, [x, *state], call=call, **arguments, **more)
    add(padded(first, dtype), *states(module, dtype, BATCH))
    lengths = (2, 4, 1)
    x, state = padded(first, dtype, batch=3), states(module, dtype, 3)
    add(x, *state, call=packed(lengths, first), lengths=lengths, form="packed")
    if not options and dtype == torch.float64:
        add(x, *state, call=packed(lengths, first), lengths=lengths, form="lengths")
        add(padded(first, dtype))
        add(padded(first, dtype), call=packed((3, 3), first), lengths=(3, 3), form="lengths")
        add(normal(LENGTH, INPUT, dtype=dtype), *states(module, dtype))
        add(normal(LENGTH, INPUT, dtype=dtype))
        add(padded(first, dtype, length=1))


def cases(book: LayerBook) -> None:
    for kind, options in LAYERS:
        for each in options:
            for dtype in FLOATS[:1] if each else FLOATS:
                layer(book, kind, each, dtype)
        module = kind(1, 1)
        book.layer(kind.__name__, module, [normal(3, 1, 1, dtype=torch.float32)], call=called, input_size=1,
                   hidden_size=1)
