"""Whole epochs with PyTorch: 4,096 rows of 784 numbers in shuffled batches of 64, made alone, or with training steps."""

from collections.abc import Callable

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def epoch(kind: str) -> Callable[[], None]:
    data = TensorDataset(torch.randn(4096, 784), torch.randint(0, 10, (4096,)))
    workers = 1 if kind == "batches-background" else 0
    loader = DataLoader(data, batch_size=64, shuffle=True, num_workers=workers, persistent_workers=workers > 0)
    if kind.startswith("batches"):
        return lambda: [None for _ in loader] and None
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_function = nn.CrossEntropyLoss()

    def unit() -> None:
        for inputs, labels in loader:
            optimizer.zero_grad()
            loss_function(model(inputs), labels).backward()
            optimizer.step()

    return unit
