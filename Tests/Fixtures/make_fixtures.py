"""Writes the reference data of the Swift tests, *.safetensors and promotion.json, beside this file.

    python3 Tests/Fixtures/make_fixtures.py

The committed files were made with torch 2.15.0 on a CPU. They name the torch version in their metadata
under "torch" and describe their cases as JSON text under "cases". A second run writes the same bytes; another
torch or processor may differ in the last digits, so tests compare with a tolerance. It needs torch, numpy, safetensors.
"""

import json
from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from fixture import FOLDER, INF, NAN, STEPS, VERSION, Cases, Fixture, make_optimizer, normal

RUNS: Cases = {"sgd": {"optimizer": "SGD", "lr": 0.1, "momentum": 0.9}, "adam": {"optimizer": "Adam", "lr": 0.01}}


def train(model: nn.Module, stepper: torch.optim.Optimizer, inputs: Tensor, labels: Tensor) -> Tensor:
    """The loss before each of the steps on the full batch."""
    def loss() -> Tensor:
        stepper.zero_grad()
        loss = F.cross_entropy(model(inputs), labels)
        loss.backward()
        return loss.detach()

    return torch.stack([stepper.step(loss) for _ in range(STEPS)])


def mlp(fixture: Fixture) -> None:
    model = nn.Sequential(OrderedDict(fc1=nn.Linear(8, 16), tanh=nn.Tanh(), fc2=nn.Linear(16, 3)))
    initial = {key: value.clone() for key, value in model.state_dict().items()}
    inputs, labels = normal(32, 8).float(), torch.randint(0, 3, (32,))
    tensors = {"inputs": inputs, "labels": labels, **{f"initial.{key}": value for key, value in initial.items()}}
    for name, options in RUNS.items():
        fixture.cases[name] = options
        for run, dtype in ((name, torch.float32), (f"{name}.f64", torch.float64)):
            model.to(dtype).load_state_dict(initial)
            tensors[f"{run}.losses"] = train(model, make_optimizer(options, model.parameters()), inputs.to(dtype), labels)
            tensors |= {f"{run}.final.{key}": value.clone() for key, value in model.state_dict().items()}
    for name, tensor in tensors.items():
        fixture.add(name, tensor)


def dtypes(fixture: Fixture) -> None:
    """A vector, scalar, empty and 3-D tensor of each dtype; `NAME.vector_as_f32` is what a reader makes of a half."""
    floats = [0.0, -0.0, 1.0, -2.5, 0.1, 65504.0, 6e-8, -1e-5, INF, -INF, NAN]
    vectors = {
        "f32": torch.tensor([*floats, 3.4028235e38, 1e-45], dtype=torch.float32),
        "f64": torch.tensor([*floats, 1.7976931348623157e308, 5e-324], dtype=torch.float64),
        "i32": torch.tensor([0, 1, -1, 2**31 - 1, -(2**31)], dtype=torch.int32),
        "i64": torch.tensor([0, 1, -1, 2**53 + 1, 2**63 - 1, -(2**63)], dtype=torch.int64),
        "u8": torch.tensor([0, 1, 127, 128, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
        "f16": torch.tensor(floats, dtype=torch.float16),
        "bf16": torch.tensor([*floats, 3e38, 1e-40], dtype=torch.bfloat16),
    }
    for name, vector in vectors.items():
        fixture.add(f"{name}.vector", vector)
        if "f16" in name:
            fixture.add(f"{name}.vector_as_f32", vector.float())
        fixture.add(f"{name}.scalar", torch.tensor(3).to(vector.dtype))
        fixture.add(f"{name}.empty", torch.empty(0, 3, dtype=vector.dtype))
        fixture.add(f"{name}.cube", torch.arange(24).reshape(2, 3, 4).to(vector.dtype))


def write_promotion() -> None:
    """The dtype of left-with-right, as {kind: {left: {right: result}}}."""
    names = ("float32", "float64", "int32", "int64", "uint8", "bool")
    tensors = {name: torch.ones(2, dtype=getattr(torch, name)) for name in names}
    zero_dims = {name: tensor[0] for name, tensor in tensors.items()}
    scalars = {"int": 1, "float": 1.0, "bool": True}
    kinds = {"tensor_tensor": (tensors, tensors), "tensor_zero_dim": (tensors, zero_dims), "tensor_scalar":
             (tensors, scalars), "zero_dim_zero_dim": (zero_dims, zero_dims), "zero_dim_scalar": (zero_dims, scalars)}
    table = {kind: {a: {b: str(torch.result_type(x, y)).removeprefix("torch.") for b, y in right.items()}
                    for a, x in left.items()} for kind, (left, right) in kinds.items()}
    (FOLDER / "promotion.json").write_text(json.dumps({"torch": VERSION, **table}, indent=1) + "\n")


# What makes each file, and the seed that it has always had.
FILES = {"mlp": (3, [mlp]), "dtypes": (5, [dtypes])}

if __name__ == "__main__":
    torch.set_num_threads(1)
    for name, (seed, parts) in FILES.items():
        fixture = Fixture(seed)
        for part in parts:
            part(fixture)
        fixture.save(FOLDER / f"{name}.safetensors")
    write_promotion()
