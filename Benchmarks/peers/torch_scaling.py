"""Training steps with PyTorch in which one thing grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import torch
from torch import nn
from torch_models import CharacterTransformer
from torch_steps import TASKS, Task, Training, adam, classified


def mlp(sizes: list[int]) -> Task:
    """Linear layers of these sizes with ReLUs between them, trained with Adam."""
    layers = [layer for pair in zip(sizes, sizes[1:]) for layer in (nn.Linear(*pair), nn.ReLU())]
    return Task(lambda: nn.Sequential(*layers[:-1]), classified(sizes[0]), adam)


def transformer(length: int) -> Task:
    return replace(
        TASKS["transformer"], model=partial(CharacterTransformer, length),
        batch=lambda n: (torch.randint(65, (n, length)), torch.randint(65, (n, length))))


def additions(count: int) -> Callable[[], None]:
    """Records so many additions of 4 elements, and goes back through them."""

    def unit() -> None:
        x = torch.ones(4, requires_grad=True)
        y = x
        for _ in range(count):
            y = y + x
        y.sum().backward()

    return unit


# What grows, and the task and the batch for a size.
GROWING: dict[str, Callable[[int], tuple[Task, int]]] = {
    "batch": lambda size: (TASKS["mlp"], size),
    "width": lambda size: (mlp([size] * 3 + [10]), 64),
    "depth": lambda size: (mlp([64] * size + [10]), 64),
    "length": lambda size: (transformer(size), 1),
}


def scaling(what: str, size: str) -> Callable[[], object]:
    if what == "graph":
        return additions(int(size))
    training = Training(*GROWING[what](int(size)))
    training.stand_still()
    return training.step
