"""What torch_steps.py does, for the twins in other libraries: where they start, and what is asked of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import reference
from reference import Arrays
from serve import Call

GENERATOR = np.random.default_rng(0)
Shapes = dict[str, tuple[int, ...]]


def normal(*shape: int) -> np.ndarray:
    return GENERATOR.standard_normal(shape, np.float32)


# The shapes of the networks' states, by PyTorch's names


def linear(inputs: int, outputs: int) -> Shapes:
    return {"weight": (outputs, inputs), "bias": (outputs,)}


def convolution(inputs: int, outputs: int, size: int) -> Shapes:
    return {"weight": (outputs, inputs, size, size)}


def norm(width: int) -> Shapes:
    return {"weight": (width,), "bias": (width,)}


def batch_norm(width: int) -> Shapes:
    return norm(width) | {"running_mean": (width,), "running_var": (width,)}


def named(**parts: Shapes) -> Shapes:
    return {f"{name}.{key}": shape for name, part in parts.items() for key, shape in part.items()}


def numbered(parts: dict[int, Shapes]) -> Shapes:
    return named(**{str(index): part for index, part in parts.items()})


def decoder_block(width: int) -> Shapes:
    return named(norm1=norm(width), norm2=norm(width), qkv=linear(width, 3 * width), projection=linear(width, width),
                 up=linear(width, 4 * width), down=linear(4 * width, width))


def residual(inputs: int, outputs: int) -> Shapes:
    shortcut = numbered({0: convolution(inputs, outputs, 1), 1: batch_norm(outputs)}) if inputs != outputs else {}
    return named(conv1=convolution(inputs, outputs, 3), conv2=convolution(outputs, outputs, 3),
                 norm1=batch_norm(outputs), norm2=batch_norm(outputs), shortcut=shortcut)


SHAPES = {
    "mlp": numbered({0: linear(784, 256), 2: linear(256, 128), 4: linear(128, 10)}),
    "tanh": numbered({0: linear(2, 16), 2: linear(16, 1)}),
    "cnn": named(conv1=convolution(1, 16, 5) | {"bias": (16,)}, conv2=convolution(16, 32, 5) | {"bias": (32,)},
                 fc1=linear(32 * 7 * 7, 128), fc2=linear(128, 10)),
    "transformer": named(token={"weight": (65, 128)}, position={"weight": (128, 128)},
                         blocks=numbered({index: decoder_block(128) for index in range(4)}),
                         norm=norm(128), head=linear(128, 65)),
    "lstm": named(lstm={"weight_ih_l0": (512, 64), "weight_hh_l0": (512, 128),
                        "bias_ih_l0": (512,), "bias_hh_l0": (512,)}, head=linear(128, 10)),
    "resnet": named(conv=convolution(3, 16, 3), norm=batch_norm(16),
                    blocks=numbered({0: residual(16, 16), 1: residual(16, 32), 2: residual(32, 64)}),
                    head=linear(64, 10)),
}


# Where they start


@dataclass
class Start:
    """A network's first state, a batch, and what PyTorch makes of them if there is a reference."""

    weights: Arrays
    inputs: np.ndarray
    labels: np.ndarray
    expected: np.ndarray | None = None


def start(kind: str, name: str, batch: str) -> Start:
    if not (shapes := SHAPES.get(name)):
        raise LookupError(name)
    if not (stored := reference.load(f"{kind}/{name}/{batch}")):
        return Start({key: random(key, shape) for key, shape in shapes.items()}, *random_batch(name, int(batch)))
    weights = {key: value for key, value in reference.weights(stored).items() if key in shapes}
    expected = stored["losses" if kind == "step" else "outputs"]
    return Start(weights, stored["inputs"], stored["labels"], expected)


def random(key: str, shape: tuple[int, ...]) -> np.ndarray:
    if len(shape) == 1:
        return np.full(shape, 1 if key.endswith(("weight", "running_var")) else 0, np.float32)
    return normal(*shape) / np.float32(np.sqrt(np.prod(shape[1:])))


def random_batch(name: str, n: int) -> tuple[np.ndarray, np.ndarray]:
    if name == "transformer":
        return GENERATOR.integers(65, size=(n, 128)), GENERATOR.integers(65, size=(n, 128))
    if name == "tanh":
        return normal(n, 2), normal(n, 1)
    shape = {"mlp": (n, 784), "cnn": (n, 1, 28, 28), "lstm": (64, n, 64), "resnet": (n, 3, 32, 32)}[name]
    return normal(*shape), GENERATOR.integers(10, size=n)


# What is asked of them


class Training(Protocol):
    """A call is a step, and gives the loss before it."""

    def load(self, weights: Arrays) -> None: ...

    def set_rate(self, rate: float) -> None: ...

    def __call__(self) -> float: ...


def compared_step(training: Training, begin: Start) -> Call:
    """The step, standing still where it begins, after its losses were compared if there is a reference."""
    if begin.expected is not None:
        training.load(begin.weights)
        reference.check(begin.expected, [float(training()) for _ in range(reference.STEPS)])
    training.load(begin.weights)
    training.set_rate(reference.STANDING_STILL)
    return training


def compared_inference(call: Callable[[], np.ndarray], begin: Start) -> Call:
    """The call, after its outputs were compared if there is a reference."""
    if begin.expected is not None:
        reference.check(begin.expected, np.asarray(call()))
    return call
