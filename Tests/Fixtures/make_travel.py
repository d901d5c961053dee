"""Writes state dicts as a user of PyTorch saves them, travel/MODEL.safetensors, and what the models make of an input.

    python3 Tests/Fixtures/make_travel.py

`travel/expected.safetensors` holds for each model `MODEL.input`, `MODEL.eval` and `MODEL.train`, its outputs in both modes;
for the backward pass of the mean of squares of the latter `MODEL.grad.PARAMETER`; and `MODEL.after.BUFFER`, the buffers
then. The committed files were made with torch 2.15.0 on a CPU.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

from fixture import Fixture
from travel_models import MODELS, shaken

FOLDER = Path(__file__).resolve().parent / "travel"


def record(fixture: Fixture, name: str) -> None:
    model = shaken(MODELS[name]())
    save_file(model.state_dict(), FOLDER / f"{name}.safetensors")
    x = MODELS[name].example()
    fixture.add(f"{name}.input", x)
    fixture.add(f"{name}.eval", model.eval()(x))
    output = model.train()(x)
    fixture.add(f"{name}.train", output)
    output.square().mean().backward()
    for key, parameter in model.named_parameters():
        fixture.add(f"{name}.grad.{key}", parameter.grad)
    for key, buffer in model.named_buffers():
        fixture.add(f"{name}.after.{key}", buffer)


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.backends.mha.set_fastpath_enabled(False)
    fixture = Fixture(0)
    for name in MODELS:
        record(fixture, name)
    fixture.save(FOLDER / "expected.safetensors")
