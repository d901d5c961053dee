"""Forward and backward passes of whole layers with PyTorch."""

from collections.abc import Callable

import torch
from torch import nn

# What makes a layer, and the shape of its input.
LAYERS: dict[str, tuple[Callable[[], nn.Module], tuple[int, ...]]] = {
    "lstm": (lambda: nn.LSTM(64, 128), (64, 16, 64)),
    "gru": (lambda: nn.GRU(64, 128), (64, 16, 64)),
    "lstm-bidirectional": (lambda: nn.LSTM(64, 128, num_layers=2, bidirectional=True), (64, 16, 64)),
    "encoder": (lambda: nn.TransformerEncoderLayer(128, 4, 512, dropout=0, batch_first=True), (16, 128, 128)),
    "batchnorm": (lambda: nn.BatchNorm2d(16), (32, 16, 28, 28)),
    "groupnorm": (lambda: nn.GroupNorm(4, 16), (32, 16, 28, 28)),
    "upsample": (lambda: nn.Upsample(scale_factor=2, mode="bilinear"), (32, 16, 28, 28)),
}


def layer(name: str) -> Callable[[], None]:
    make, shape = LAYERS[name]
    module, x = make(), torch.randn(shape, requires_grad=True)

    def output() -> torch.Tensor:
        y = module(x)
        return y[0] if isinstance(y, tuple) else y

    gradient = torch.ones_like(output())

    def unit() -> None:
        module.zero_grad(set_to_none=True)
        x.grad = None
        output().backward(gradient)

    return unit
