"""Cases with the printed module among their arguments, and modules with parameters that are neither ones nor zeros."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from layers.layer_book import LayerBook
from operations.book import normal


def printed(book: LayerBook, module: nn.Module, inputs: Sequence[Tensor], **options: Any) -> None:
    """A case of the module's class that also records what `print(module)` gives."""
    book.layer(type(module).__name__, module, inputs, repr=repr(module), **options)


def varied(module: nn.Module) -> nn.Module:
    """With random parameters and running statistics."""
    for parameter in module.parameters():
        parameter.data = normal(*parameter.shape, dtype=parameter.dtype)
    for name, buffer in module.named_buffers():
        if buffer.is_floating_point():
            values = normal(*buffer.shape, dtype=buffer.dtype)
            buffer.copy_(values.square() + 0.5 if name.endswith("var") else values)
        else:
            buffer.fill_(3)
    return module


def given(value: Any) -> Any:
    """Lists, which cases hold, as the tuples that modules are made with and print."""
    return tuple(value) if isinstance(value, list) else value


def tuples(options: dict[str, Any]) -> dict[str, Any]:
    return {key: given(value) for key, value in options.items()}
