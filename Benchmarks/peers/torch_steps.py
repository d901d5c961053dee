"""Whole training steps, and inference on one sample, with PyTorch.

    torch_steps.py FOLDER NAME …

writes the references of these workloads: starting weights, a batch, and the losses or outputs that follow from them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import reference
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional
from torch_models import CharacterTransformer, LeNet, LSTMClassifier, ResNet, mlp, tanh_mlp

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass
class Task:
    """A network, what it reads and should answer for a batch of a size, and how it is trained."""

    model: Callable[[], nn.Module]
    batch: Callable[[int], tuple[torch.Tensor, torch.Tensor]]
    optimizer: Callable[..., torch.optim.Optimizer]
    loss: Loss = functional.cross_entropy


def classified(*shape: int, axis: int = 0) -> Callable[[int], tuple[torch.Tensor, torch.Tensor]]:
    """Normal numbers of a shape with the batch at an axis, and one of ten classes for each."""
    return lambda n: (torch.randn(*shape[:axis], n, *shape[axis:]), torch.randint(10, (n,)))


def characters(n: int) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.randint(65, (n, 128)), torch.randint(65, (n, 128))


def text_loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(logits.flatten(0, 1), labels.flatten())


adam = partial(torch.optim.Adam, lr=1e-3)
TASKS = {
    "mlp": Task(mlp, classified(784), adam),
    "tanh": Task(tanh_mlp, lambda n: (torch.randn(n, 2), torch.randn(n, 1)), partial(torch.optim.SGD, lr=0.1),
                 functional.mse_loss),
    "cnn": Task(LeNet, classified(1, 28, 28), adam),
    "transformer": Task(CharacterTransformer, characters, partial(torch.optim.AdamW, lr=1e-3), text_loss),
    "lstm": Task(LSTMClassifier, classified(64, 64, axis=1), adam),
    "resnet": Task(ResNet, classified(3, 32, 32), partial(torch.optim.SGD, lr=0.05, momentum=0.9)),
}


class Training:
    """A task set up to be trained on one batch."""

    def __init__(self, task: Task, batch: int, compiled: bool = False, fused: bool | None = None) -> None:
        torch.manual_seed(0)
        self.model = task.model()
        self.inputs, self.labels = task.batch(batch)
        options = {} if fused is None else {"fused": fused}
        self.optimizer = task.optimizer(self.model.parameters(), **options)

        def loss(inputs: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
            return task.loss(self.model(inputs), labels)

        self.loss = torch.compile(loss) if compiled else loss

    def load(self, stored: reference.Arrays) -> None:
        weights = {key: torch.from_numpy(value) for key, value in reference.weights(stored).items()}
        self.model.load_state_dict(weights)
        self.inputs, self.labels = torch.from_numpy(stored["inputs"]), torch.from_numpy(stored["labels"])

    def step(self) -> torch.Tensor:
        """The loss before a step, and the step."""
        self.optimizer.zero_grad()
        loss = self.loss(self.inputs, self.labels)
        loss.backward()
        self.optimizer.step()
        return loss.detach()

    def stand_still(self) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = reference.STANDING_STILL


def step(name: str, batch: str, **options: bool | None) -> Callable[[], torch.Tensor]:
    """A training step, after its losses were compared if there is a reference."""
    training = Training(TASKS[name], int(batch), **options)
    if stored := reference.load(f"step/{name}/{batch}"):
        training.load(stored)
        reference.check(stored["losses"], [training.step().item() for _ in range(reference.STEPS)])
        training.load(stored)
    training.stand_still()
    return training.step


def inference(name: str, batch: str, compiled: bool = False) -> Callable[[], torch.Tensor]:
    """The outputs for one batch, gradients off."""
    training = Training(TASKS[name], int(batch))
    if stored := reference.load(f"inference/{name}/{batch}"):
        training.load(stored)
    model = torch.compile(training.model.eval()) if compiled else training.model.eval()
    unit = torch.inference_mode()(lambda: model(training.inputs))
    if stored:
        reference.check(stored["outputs"], unit().numpy())
    return unit


def write(folder: Path, workload: str) -> None:
    """The reference of a workload, as PyTorch gives it as shipped."""
    kind, name, batch = workload.split("/")
    training = Training(TASKS[name], int(batch))
    arrays = {f"{reference.MODEL}{key}": value.clone() for key, value in training.model.state_dict().items()}
    arrays |= {"inputs": training.inputs, "labels": training.labels}
    if kind == "step":
        arrays["losses"] = torch.stack([training.step() for _ in range(reference.STEPS)])
    else:
        with torch.inference_mode():
            arrays["outputs"] = training.model.eval()(training.inputs).clone()
    save_file(arrays, reference.path(folder, workload))


if __name__ == "__main__":
    for workload in sys.argv[2:]:
        write(Path(sys.argv[1]), workload)
