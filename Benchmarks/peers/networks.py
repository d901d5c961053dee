"""The networks of torch_models.py for libraries that differentiate pure functions. Images are [N, H, W, C] here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

Array = Any  # of the backend
Tensors = dict[str, Array]  # by PyTorch's names, linear weights transposed

EPSILON = 1e-5  # of the norms


class Backend(ABC):
    """What JAX and MLX name or do differently."""

    xp: ModuleType  # the namespace of what they have in common
    kernel: tuple[int, ...]  # the axes of PyTorch's convolution weights in the backend's order
    gradients: Callable[[Callable[..., tuple[Array, Tensors]]], Callable[..., tuple[tuple[Array, Tensors], Tensors]]]

    @abstractmethod
    def array(self, values: np.ndarray) -> Array:
        """A copy."""

    def arrays(self, values: dict[str, np.ndarray]) -> Tensors:
        return {key: self.array(value) for key, value in values.items()}

    @abstractmethod
    def compiled(self, function: Callable[..., Any], *, donating: bool = False) -> Callable[..., Any]:
        """The function compiled as a whole; donating, it may write over the arrays of its first argument."""

    @abstractmethod
    def wait(self, *results: Any) -> None:
        """Returns when the results are there."""

    @abstractmethod
    def gelu(self, x: Array) -> Array: ...

    @abstractmethod
    def sigmoid(self, x: Array) -> Array: ...

    @abstractmethod
    def cross_entropy(self, logits: Array, labels: Array) -> Array:
        """The mean over all labels."""

    @abstractmethod
    def convolution(self, x: Array, weight: Array, stride: int) -> Array:
        """With a padding of half the weight's size."""

    @abstractmethod
    def layer_norm(self, x: Array, weight: Array, bias: Array) -> Array: ...

    @abstractmethod
    def causal_attention(self, q: Array, k: Array, v: Array) -> Array:
        """Of [N, L, HEADS, WIDTH]."""

    @abstractmethod
    def last_state(self, cell: Callable[[Any, Array], Any], state: Any, sequence: Array) -> Any:
        """The state after a cell took one element of a sequence after the other."""


class Pass:
    """One pass in training mode, and the statistics that the networks' batch norms leave behind."""

    def __init__(self, backend: Backend, tensors: Tensors) -> None:
        self.backend, self.xp, self.tensors = backend, backend.xp, tensors
        self.statistics: Tensors = {}

    def linear(self, name: str, x: Array) -> Array:
        return self.product(x, self.tensors[f"{name}.weight"]) + self.tensors[f"{name}.bias"]

    def product(self, x: Array, weight: Array) -> Array:
        """As a product of two matrices: with three axes a step of JAX's transformer takes 1.3 times as long."""
        return (x.reshape(-1, x.shape[-1]) @ weight).reshape(*x.shape[:-1], -1)

    def relu(self, x: Array) -> Array:
        return self.xp.maximum(x, 0)

    def convolution(self, name: str, x: Array, stride: int = 1) -> Array:
        return self.backend.convolution(x, self.tensors[f"{name}.weight"], stride)

    def max_pool(self, x: Array) -> Array:
        n, height, width, channels = x.shape
        return x.reshape(n, height // 2, 2, width // 2, 2, channels).max(axis=(2, 4))

    def layer_norm(self, name: str, x: Array) -> Array:
        return self.backend.layer_norm(x, self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"])

    def batch_norm(self, name: str, x: Array) -> Array:
        mean = x.mean(axis=(0, 1, 2))
        variance = (x * x).mean(axis=(0, 1, 2)) - mean * mean  # one pass; JAX's var takes two
        count = x.size // x.shape[-1]
        self.follow(f"{name}.running_mean", mean)
        self.follow(f"{name}.running_var", variance * (count / (count - 1)))
        scale = self.tensors[f"{name}.weight"] / self.xp.sqrt(variance + EPSILON)
        return x * scale + (self.tensors[f"{name}.bias"] - mean * scale)

    def follow(self, name: str, value: Array) -> None:
        self.statistics[name] = 0.9 * self.tensors[name] + 0.1 * value

    def decoder_block(self, name: str, x: Array) -> Array:
        n, length, width = x.shape
        qkv = self.linear(f"{name}.qkv", self.layer_norm(f"{name}.norm1", x)).reshape(n, length, 3, 4, width // 4)
        heads = self.backend.causal_attention(qkv[:, :, 0], qkv[:, :, 1], qkv[:, :, 2])
        x = x + self.linear(f"{name}.projection", heads.reshape(n, length, width))
        wide = self.backend.gelu(self.linear(f"{name}.up", self.layer_norm(f"{name}.norm2", x)))
        return x + self.linear(f"{name}.down", wide)

    def lstm_cell(self, state: tuple[Array, Array], projected: Array) -> tuple[Array, Array]:
        output, memory = state
        gates = projected + output @ self.tensors["lstm.weight_hh_l0"]
        enter, forget, new, leave = self.xp.split(gates, 4, axis=-1)
        sigmoid = self.backend.sigmoid
        memory = sigmoid(forget) * memory + sigmoid(enter) * self.xp.tanh(new)
        return sigmoid(leave) * self.xp.tanh(memory), memory

    def residual(self, name: str, x: Array, stride: int) -> Array:
        y = self.relu(self.batch_norm(f"{name}.norm1", self.convolution(f"{name}.conv1", x, stride)))
        y = self.batch_norm(f"{name}.norm2", self.convolution(f"{name}.conv2", y))
        if f"{name}.shortcut.0.weight" in self.tensors:
            x = self.batch_norm(f"{name}.shortcut.1", self.convolution(f"{name}.shortcut.0", x, stride))
        return self.relu(y + x)


def mlp(net: Pass, x: Array) -> Array:
    return net.linear("4", net.relu(net.linear("2", net.relu(net.linear("0", x)))))


def tanh_mlp(net: Pass, x: Array) -> Array:
    return net.linear("2", net.xp.tanh(net.linear("0", x)))


def lenet(net: Pass, x: Array) -> Array:
    for name in ("conv1", "conv2"):
        x = net.max_pool(net.relu(net.convolution(name, x) + net.tensors[f"{name}.bias"]))
    return net.linear("fc2", net.relu(net.linear("fc1", x.reshape(len(x), -1))))


def transformer(net: Pass, tokens: Array) -> Array:
    x = net.tensors["token.weight"][tokens] + net.tensors["position.weight"][: tokens.shape[1]]
    for index in range(4):
        x = net.decoder_block(f"blocks.{index}", x)
    return net.linear("head", net.layer_norm("norm", x))


def lstm(net: Pass, x: Array) -> Array:
    projected = net.product(x, net.tensors["lstm.weight_ih_l0"])
    projected = projected + (net.tensors["lstm.bias_ih_l0"] + net.tensors["lstm.bias_hh_l0"])
    zeros = net.xp.zeros((x.shape[1], 128))
    return net.linear("head", net.backend.last_state(net.lstm_cell, (zeros, zeros), projected)[0])


def resnet(net: Pass, x: Array) -> Array:
    x = net.relu(net.batch_norm("norm", net.convolution("conv", x)))
    for index, stride in enumerate((1, 2, 2)):
        x = net.residual(f"blocks.{index}", x, stride)
    return net.linear("head", x.mean(axis=(1, 2)))
