"""Loads into PyTorch what Adjoint saved, and compares the outputs.

    ADJOINT_TRAVEL=FOLDER swift test --filter TravelTests
    python3 Tests/Fixtures/check_travel.py FOLDER

The tests then write for each model FOLDER/MODEL.safetensors, a state dict after a training step, and
FOLDER/MODEL.outputs.safetensors, an `input` with the outputs `eval` and `train`.
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from travel_models import MODELS


def check(folder: Path, name: str) -> None:
    model = MODELS[name]()
    model.load_state_dict(load_file(folder / f"{name}.safetensors"), strict=True)
    outputs = load_file(folder / f"{name}.outputs.safetensors")
    for mode in ("eval", "train"):
        actual = model.train(mode == "train")(outputs["input"])
        torch.testing.assert_close(actual, outputs[mode], rtol=1e-5, atol=1e-5)
    print(f"{name}: {len(model.state_dict())} tensors, outputs agree in both modes")


if __name__ == "__main__":
    for model_name in MODELS:
        check(Path(sys.argv[1]), model_name)
