"""Whole training steps, and inference, with a backend that differentiates pure functions: one function is a step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import networks
import numpy as np
import twins
from networks import Array, Backend, Pass, Tensors
from optimizers import SGD, Adam, Moments, Optimizer
from reference import Arrays
from serve import Call

State = tuple[Tensors, Tensors, Moments]  # weights, statistics, moments


def cross_entropy(net: Pass, outputs: Array, labels: Array) -> Array:
    return net.backend.cross_entropy(outputs, labels)


def mean_square(net: Pass, outputs: Array, labels: Array) -> Array:
    return ((outputs - labels) ** 2).mean()


@dataclass
class Task:
    """A network and how it is trained."""

    forward: Callable[[Pass, Array], Array]
    optimizer: Optimizer
    loss: Callable[[Pass, Array, Array], Array] = cross_entropy


TASKS = {
    "mlp": Task(networks.mlp, Adam(1e-3)),
    "tanh": Task(networks.tanh_mlp, SGD(0.1), mean_square),
    "cnn": Task(networks.lenet, Adam(1e-3)),
    "transformer": Task(networks.transformer, Adam(1e-3, decay=0.01)),
    "lstm": Task(networks.lstm, Adam(1e-3)),
    "resnet": Task(networks.resnet, SGD(0.05, momentum=0.9)),
}


# From PyTorch's layouts to those of networks.py


def arranged(backend: Backend, weights: Arrays) -> Arrays:
    return {key: arranged_weight(backend, key, value) for key, value in weights.items()}


def arranged_weight(backend: Backend, key: str, value: np.ndarray) -> np.ndarray:
    if value.ndim == 4:
        return value.transpose(backend.kernel)
    if key == "fc1.weight":  # reads a flattened image, whose channels come last here
        value = value.reshape(-1, 32, 7, 7).transpose(0, 2, 3, 1).reshape(value.shape)
    return value.T if value.ndim == 2 and not key.startswith(("token", "position")) else value


def arranged_batch(values: np.ndarray) -> np.ndarray:
    if values.ndim == 4:
        return values.transpose(0, 2, 3, 1)
    return values.astype(np.int32) if values.dtype == np.int64 else values


# The work


def step(backend: Backend, task: Task, state: State, rate: Array, inputs: Array, labels: Array) -> tuple[State, Array]:
    """The state after a step, and the loss before it."""
    weights, statistics, moments = state

    def loss(weights: Tensors) -> tuple[Array, Tensors]:
        net = Pass(backend, weights | statistics)
        return task.loss(net, task.forward(net, inputs), labels), net.statistics

    (value, statistics), gradients = backend.gradients(loss)(weights)
    weights, moments = task.optimizer.update(backend.xp, weights, gradients, moments, rate)
    return (weights, statistics, moments), value


class FunctionalTraining(twins.Training):
    """A task set up to be trained on one batch."""

    def __init__(self, backend: Backend, name: str, start: twins.Start) -> None:
        task = TASKS[name]
        self.backend, self.step = backend, backend.compiled(partial(step, backend, task), donating=True)
        self.inputs, self.labels = (backend.array(arranged_batch(part)) for part in (start.inputs, start.labels))
        first = task.optimizer.first(arranged(backend, start.weights))
        self.state: State = {}, {}, tuple(backend.arrays(moment) for moment in first)
        self.load(start.weights)
        self.set_rate(task.optimizer.rate)

    def load(self, weights: Arrays) -> None:
        tensors = self.backend.arrays(arranged(self.backend, weights))
        statistics = {key: tensors.pop(key) for key in weights if "running" in key}
        self.state = tensors, statistics, self.state[2]

    def set_rate(self, rate: float) -> None:
        self.rate = self.backend.array(np.float32(rate))

    def __call__(self) -> Array:
        self.state, loss = self.step(self.state, self.rate, self.inputs, self.labels)
        self.backend.wait(self.state, loss)
        return loss


def inference(backend: Backend, name: str, start: twins.Start) -> Call:
    tensors, inputs = backend.arrays(arranged(backend, start.weights)), backend.array(arranged_batch(start.inputs))
    forward = backend.compiled(lambda tensors, inputs: TASKS[name].forward(Pass(backend, tensors), inputs))

    def call() -> Array:
        outputs = forward(tensors, inputs)
        backend.wait(outputs)
        return outputs

    return call


def prepare(backend: Backend, workload: str) -> tuple[Call, int]:
    kind, name, batch = workload.split("/")
    start = twins.start(kind, name, batch)
    if kind == "step":
        return twins.compared_step(FunctionalTraining(backend, name, start), start), 1
    if kind == "inference":
        return twins.compared_inference(inference(backend, name, start), start), 1
    raise LookupError(workload)
