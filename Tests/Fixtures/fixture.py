"""What the scripts that write fixtures share. See make_fixtures.py."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save
from torch import Tensor

FOLDER = Path(__file__).resolve().parent
VERSION = torch.__version__.split("+")[0]
INF, NAN = float("inf"), float("nan")
STEPS = 50

Cases = dict[str, dict[str, Any]]


class Fixture:
    """The tensors and the descriptions of the cases of one file."""

    def __init__(self, seed: int) -> None:
        torch.manual_seed(seed)
        self.tensors: dict[str, Tensor] = {}
        self.cases: Cases = {}

    def add(self, name: str, tensor: Tensor) -> None:
        assert name not in self.tensors, name
        self.tensors[name] = tensor.detach().clone().contiguous()

    def save(self, file: Path) -> None:
        """Writes the file with sorted metadata: the library's own order of keys differs from run to run."""
        content = save(self.tensors, {"torch": VERSION, "cases": json.dumps(self.cases, sort_keys=True)})
        size = int.from_bytes(content[:8], "little")
        header, data = json.loads(content[8 : 8 + size]), content[8 + size :]
        header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        file.write_bytes(len(text).to_bytes(8, "little") + text + data)


def normal(*shape: int) -> Tensor:
    return torch.randn(shape, dtype=torch.float64)


def make_optimizer(case: dict[str, Any], parameters: Iterable[Any]) -> torch.optim.Optimizer:
    """PyTorch's optimizer of that name, one tensor at a time, with the other entries as its options."""
    options = {key: value for key, value in case.items() if key != "optimizer"}
    return getattr(torch.optim, case["optimizer"])(list(parameters), foreach=False, **options)
