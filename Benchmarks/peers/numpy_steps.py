"""Training steps, and inference, of the networks of linear layers with numpy, their backward passes by hand.

Every product and update writes into an array that is made once. All parameters are parts of one vector, and their
gradients of another, so that the optimizers take few calls.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import twins
from optimizers import BETAS, EPSILON
from reference import Arrays
from serve import Call

Array = np.ndarray


# Activations, in place, and what they do to a gradient, given their outputs, which it may write over


def relu(x: Array) -> None:
    np.maximum(x, 0, out=x)


def relu_backward(outputs: Array, gradient: Array) -> None:
    np.copyto(gradient, 0, where=outputs <= 0)


def tanh(x: Array) -> None:
    np.tanh(x, out=x)


def tanh_backward(outputs: Array, gradient: Array) -> None:
    np.multiply(outputs, outputs, out=outputs)
    np.subtract(1, outputs, out=outputs)
    gradient *= outputs


# Losses, which leave the gradient in the outputs


def cross_entropy(outputs: Array, labels: Array) -> np.float32:
    rows = np.arange(len(labels))
    outputs -= outputs.max(1, keepdims=True)
    chosen = outputs[rows, labels]
    np.exp(outputs, out=outputs)
    sums = outputs.sum(1, keepdims=True)
    outputs /= sums
    outputs[rows, labels] -= 1
    outputs /= len(labels)
    return np.log(sums).mean() - chosen.mean()


def mean_square(outputs: Array, labels: Array) -> np.float32:
    outputs -= labels
    loss = np.square(outputs).mean()
    outputs *= 2 / outputs.size
    return loss


# Optimizers of a vector of parameters


class Optimizer(Protocol):
    rate: float

    def update(self, parameters: Array, gradients: Array) -> None:
        """Writes over both."""


class SGD:
    def __init__(self, rate: float) -> None:
        self.rate = rate

    def update(self, parameters: Array, gradients: Array) -> None:
        gradients *= self.rate
        parameters -= gradients


class Adam:
    def __init__(self, rate: float, size: int) -> None:
        self.rate, self.steps = rate, 0
        self.mean, self.square, self.scratch = np.zeros((3, size), np.float32)

    def update(self, parameters: Array, gradients: Array) -> None:
        self.steps += 1
        corrections = [1 - beta ** self.steps for beta in BETAS]
        root = math.sqrt(corrections[1])
        self.follow(self.square, BETAS[1], np.multiply(gradients, gradients, out=self.scratch))
        self.follow(self.mean, BETAS[0], gradients)
        # rate * (mean / corrections[0]) / (sqrt(square) / root + EPSILON), in fewer passes
        divisor = np.sqrt(self.square, out=self.scratch)
        divisor += EPSILON * root
        stride = np.divide(self.mean, divisor, out=gradients)
        stride *= self.rate * root / corrections[0]
        parameters -= stride

    @staticmethod
    def follow(moment: Array, beta: float, values: Array) -> None:
        values *= 1 - beta
        moment *= beta
        moment += values


# The networks


class Linear:
    """A layer whose weight, bias and gradients are views of others' memory."""

    def __init__(self, weight: Array, bias: Array, weight_gradient: Array, bias_gradient: Array, batch: int) -> None:
        self.weight, self.bias = weight, bias
        self.weight_gradient, self.bias_gradient = weight_gradient, bias_gradient
        self.outputs, self.inputs_gradient = (np.empty((batch, size), np.float32) for size in weight.shape)

    def forward(self, x: Array) -> Array:
        np.matmul(x, self.weight.T, out=self.outputs)
        self.outputs += self.bias
        return self.outputs

    def backward(self, x: Array, gradient: Array) -> None:
        np.matmul(gradient.T, x, out=self.weight_gradient)
        gradient.sum(0, out=self.bias_gradient)

    def backward_to_inputs(self, gradient: Array) -> Array:
        return np.matmul(gradient, self.weight, out=self.inputs_gradient)


@dataclass
class Task:
    """Linear layers with an activation between each two, and how they are trained."""

    sizes: tuple[int, ...]
    activation: Callable[[Array], None]
    activation_backward: Callable[[Array, Array], None]
    loss: Callable[[Array, Array], np.float32]
    optimizer: Callable[[int], Optimizer]


TASKS = {
    "mlp": Task((784, 256, 128, 10), relu, relu_backward, cross_entropy, lambda size: Adam(1e-3, size)),
    "tanh": Task((2, 16, 1), tanh, tanh_backward, mean_square, lambda size: SGD(0.1)),
}


class Network:
    """The layers of a task."""

    def __init__(self, task: Task, batch: int) -> None:
        self.task = task
        size = sum((inputs + 1) * outputs for inputs, outputs in pairwise(task.sizes))
        self.parameters, self.gradients = np.zeros((2, size), np.float32)
        views = [list(self.views(vector)) for vector in (self.parameters, self.gradients)]
        self.layers = [Linear(*view, *gradient, batch) for view, gradient in zip(*views)]

    def views(self, vector: Array) -> Iterator[tuple[Array, Array]]:
        """Each layer's weight and bias in a vector."""
        for inputs, outputs in pairwise(self.task.sizes):
            weight, bias, vector = np.split(vector, [inputs * outputs, (inputs + 1) * outputs])
            yield weight.reshape(outputs, inputs), bias

    def load(self, weights: Arrays) -> None:
        for index, layer in enumerate(self.layers):  # every second index is an activation's
            layer.weight[:], layer.bias[:] = weights[f"{2 * index}.weight"], weights[f"{2 * index}.bias"]

    def forward(self, x: Array) -> Array:
        for layer in self.layers[:-1]:
            x = layer.forward(x)
            self.task.activation(x)
        return self.layers[-1].forward(x)

    def backward(self, x: Array, gradient: Array) -> None:
        for before, layer in reversed(list(pairwise(self.layers))):
            layer.backward(before.outputs, gradient)
            gradient = layer.backward_to_inputs(gradient)
            self.task.activation_backward(before.outputs, gradient)
        self.layers[0].backward(x, gradient)


class Training(twins.Training):
    """A task set up to be trained on one batch."""

    def __init__(self, name: str, start: twins.Start) -> None:
        self.task, self.inputs, self.labels = TASKS[name], start.inputs, start.labels
        self.network = Network(self.task, len(start.inputs))
        self.load = self.network.load
        self.optimizer = self.task.optimizer(self.network.parameters.size)

    def set_rate(self, rate: float) -> None:
        self.optimizer.rate = rate

    def __call__(self) -> float:
        gradient = self.network.forward(self.inputs)
        loss = self.task.loss(gradient, self.labels)
        self.network.backward(self.inputs, gradient)
        self.optimizer.update(self.network.parameters, self.network.gradients)
        return loss


def step(name: str, batch: str) -> Call:
    start = twins.start("step", name, batch)
    return twins.compared_step(Training(name, start), start)


def inference(name: str, batch: str) -> Call:
    start = twins.start("inference", name, batch)
    network = Network(TASKS[name], int(batch))
    network.load(start.weights)
    return twins.compared_inference(lambda: network.forward(start.inputs), start)
