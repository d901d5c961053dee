"""Writes the reference data of the Swift tests, *.safetensors and promotion.json, beside this file.

    python3 Tests/Fixtures/make_fixtures.py

The committed files were made with torch 2.15.0 on a CPU. All but the plain state dict name the torch version in their
metadata under "torch" and describe their cases as JSON text under "cases". A second run writes the same bytes; another
torch or processor may differ in the last digits, so tests compare with a tolerance. It needs torch, numpy, safetensors.

A case's gradients are those of (output * projection).sum(); without a stored projection, of the scalar output itself.
"""

import itertools
import json
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional as F

from fixture import FOLDER, INF, NAN, STEPS, VERSION, Cases, Fixture, make_optimizer, normal

PRECISIONS = {"": torch.float64, "f32.": torch.float32}  # layers: float64 unless the name says f32


def record(fixture: Fixture, name: str, function: Callable[..., Tensor], leaves: dict[str, Tensor],
           **description: Any) -> None:
    """Stores the leaves, the function's output, the float leaves' gradients, and any tensors in the description."""
    leaves = {key: leaf.detach().clone().requires_grad_(leaf.is_floating_point()) for key, leaf in leaves.items()}
    output = function(*leaves.values())
    tensors, projection = leaves | {"output": output}, torch.ones_like(output)
    if output.ndim > 0:
        projection = tensors["projection"] = normal(*output.shape).to(output.dtype)
    output.backward(projection)
    for key, leaf in leaves.items():
        if leaf.grad is not None:
            tensors[f"grad.{key.removeprefix('parameter.')}"] = leaf.grad
    tensors |= {key: value for key, value in description.items() if isinstance(value, Tensor)}
    for key, tensor in tensors.items():
        fixture.add(f"{name}.{key}", tensor)
    fixture.cases[name] = {key: value for key, value in description.items() if key not in tensors}


def linear_layers(fixture: Fixture) -> None:
    shapes = {"matrix": (4, 5), "vector": (5,), "batched": (2, 3, 5), "empty": (0, 5)}
    for prefix, dtype in PRECISIONS.items():
        torch.manual_seed(1)  # the float32 twin is the float64 case, rounded
        for (name, shape), bias in itertools.product(shapes.items(), (True, False)):
            leaves = {"input": normal(*shape), "parameter.weight": normal(3, 5), "parameter.bias": normal(3)}
            leaves = {key: leaf.to(dtype) for key, leaf in leaves.items() if bias or key != "parameter.bias"}
            record(fixture, f"linear.{prefix}{name}" + ("" if bias else "_nobias"), F.linear, leaves, layer="Linear",
                   in_features=5, out_features=3, bias=bias)


def activation_layers(fixture: Fixture) -> None:
    moderate = torch.cat([torch.tensor([0.0, -0.0, 1.0, -1.0, 1e-8, -1e-8]).double(), 3 * normal(14)]).reshape(4, 5)
    extreme = torch.tensor([0.0, -1.0, 2.5, 30.0, -30.0, 100.0, -100.0, 1e4, -1e4, INF, -INF, 5e-324]).double()
    for function in (torch.sigmoid, torch.tanh, torch.relu):
        name = function.__name__
        for suffix, x in (("moderate", moderate), ("extreme", extreme), ("nan", torch.tensor([NAN, 1.0]).double())):
            record(fixture, f"{name}.{suffix}", function, {"input": x}, layer=name)
    logits = torch.tensor([[1e4, -1e4, 0.0, 1.0], [-1e4, -1e4, -1e4, -1e4], [1e4, 1e4, -1e4, 9999.0]]).double()
    for function in (torch.softmax, torch.log_softmax):
        name, input = function.__name__, 2 * normal(3, 4, 5)
        for suffix, x, axis in (("axis0", input, 0), ("axis1", input, 1), ("axis_last", input, -1),
                                ("extreme_axis0", logits, 0), ("extreme", logits, -1)):
            record(fixture, f"{name}.{suffix}", partial(function, dim=axis), {"input": x}, layer=name, axis=axis)


def shape_layers(fixture: Fixture) -> None:
    cube = (2, 3, 2, 4)
    for name, shape, start, end in (
        ("default", cube, 1, -1), ("all", cube, 0, -1), ("middle", cube, 1, 2), ("front", cube, 0, 1),
        ("back", cube, -2, -1), ("one", cube, 2, 2), ("scalar", (), 0, -1),
    ):
        record(fixture, f"flatten.{name}", nn.Flatten(start, end), {"input": normal(*shape)},
               layer="Flatten", start=start, end=end)
    for name, p, training in (("eval", 0.5, False), ("train_p0", 0.0, True), ("train_p1", 1.0, True)):
        record(fixture, f"dropout.{name}", nn.Dropout(p).train(training), {"input": normal(4, 5)},
               layer="Dropout", p=p, training=training)


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


def state_dict(fixture: Fixture) -> None:
    """The file is what a user of PyTorch would write; its output on an input stands in a second file."""
    model = nn.Sequential(nn.Linear(8, 16), nn.Tanh(), nn.Linear(16, 3))
    save_file(model.state_dict(), FOLDER / "state_dict.safetensors")
    fixture.add("input", normal(4, 8).float())
    fixture.add("output", model(fixture.tensors["input"]))


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
FILES = {"layers": (0, [linear_layers, activation_layers, shape_layers]), "mlp": (3, [mlp]),
         "state_dict_io": (4, [state_dict]), "dtypes": (5, [dtypes])}

if __name__ == "__main__":
    torch.set_num_threads(1)
    for name, (seed, parts) in FILES.items():
        fixture = Fixture(seed)
        for part in parts:
            part(fixture)
        fixture.save(FOLDER / f"{name}.safetensors")
    write_promotion()
