"""PyTorch's side of compare.py: `pytorch.py [--fused]` serves the workloads, with --fused with its fused optimizer.

The number of threads comes from OMP_NUM_THREADS.
"""

import os
import sys
from functools import partial

import torch
from serve import Call, serve
from torch import nn

FUSED = True if "--fused" in sys.argv else None  # None is what a user gets who says nothing
ELEMENTWISE = {"add": 2, "mul": 2, "exp": 1, "tanh": 1, "sigmoid": 1, "relu": 1}  # operation: number of operands


def prepare(name: str) -> tuple[Call, int]:
    match name.split("/"):
        case ["overhead", "chain100"]:
            return chain, 100
        case ["matmul", size]:
            shape = (int(size), int(size))
            return partial(torch.matmul, torch.randn(shape), torch.randn(shape)), 1
        case ["elementwise", operation, size] if operation in ELEMENTWISE:
            operands = [torch.randn(int(size)) for _ in range(ELEMENTWISE[operation])]
            return partial(getattr(torch, operation), *operands), 1
        case ["mlp", batch]:
            return training_step(int(batch)), 1
    raise LookupError(name)


def chain() -> None:
    """Records 100 additions, and goes back through them."""
    x = torch.ones(4, requires_grad=True)
    y = x
    for _ in range(100):
        y = y + x
    y.sum().backward()


def training_step(batch: int) -> Call:
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=FUSED)
    loss_function = nn.CrossEntropyLoss()
    inputs, labels = torch.randn(batch, 784), torch.randint(0, 10, (batch,))

    def step() -> None:
        optimizer.zero_grad()
        loss_function(model(inputs), labels).backward()
        optimizer.step()

    return step


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    serve(prepare, torch.get_num_threads())
