"""PyTorch's update rules with its defaults, as pure functions over the arrays of any library.

`first` gives the moments to begin with, `update` new weights and moments. `rate` is the learning rate to train with;
the one in force is an argument of `update`, an array, so that a compiler can't fold it away.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from types import ModuleType

import numpy as np
from networks import Array, Tensors
from reference import Arrays

BETAS = (0.9, 0.999)
EPSILON = 1e-8

Moments = tuple[Tensors, ...]


def zeros(weights: Arrays) -> Arrays:
    return {key: np.zeros_like(value) for key, value in weights.items()}


class Optimizer(ABC):
    rate: float

    @abstractmethod
    def first(self, weights: Arrays) -> tuple[Arrays, ...]: ...

    @abstractmethod
    def update(self, xp: ModuleType, weights: Tensors, gradients: Tensors, moments: Moments,
               rate: Array) -> tuple[Tensors, Moments]: ...


@dataclass
class SGD(Optimizer):
    rate: float
    momentum: float = 0

    def first(self, weights: Arrays) -> tuple[Arrays, ...]:
        return (zeros(weights),) if self.momentum else ()

    def update(self, xp: ModuleType, weights: Tensors, gradients: Tensors, moments: Moments,
               rate: Array) -> tuple[Tensors, Moments]:
        if self.momentum:
            gradients = {key: self.momentum * moments[0][key] + gradient for key, gradient in gradients.items()}
            moments = (gradients,)
        return {key: weight - rate * gradients[key] for key, weight in weights.items()}, moments


@dataclass
class Adam(Optimizer):
    """With a decay, AdamW."""

    rate: float
    decay: float = 0

    def first(self, weights: Arrays) -> tuple[Arrays, ...]:
        return zeros(weights), zeros(weights), {"steps": np.zeros((), np.float32)}

    def update(self, xp: ModuleType, weights: Tensors, gradients: Tensors, moments: Moments,
               rate: Array) -> tuple[Tensors, Moments]:
        means, squares, counts = moments
        steps = counts["steps"] + 1
        # 1 - beta ** steps, which a float32 would round coarsely
        corrections = [-xp.expm1(math.log(beta) * steps) for beta in BETAS]
        stride, root = rate / corrections[0], xp.sqrt(corrections[1])
        means = {key: BETAS[0] * mean + (1 - BETAS[0]) * gradients[key] for key, mean in means.items()}
        squares = {key: BETAS[1] * square + (1 - BETAS[1]) * gradients[key] ** 2 for key, square in squares.items()}
        kept = 1 - rate * self.decay if self.decay else 1
        weights = {key: kept * weight - stride * means[key] / (xp.sqrt(squares[key]) / root + EPSILON)
                   for key, weight in weights.items()}
        return weights, (means, squares, {"steps": steps})
