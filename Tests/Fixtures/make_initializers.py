"""Writes initializers.safetensors beside this file: what PyTorch's initializers give that draw no random numbers.

    python3 Tests/Fixtures/make_initializers.py

See make_fixtures.py for the format. A case's tensor is its output; `groups` is an option of `dirac_`.
"""

import torch
from fixture import FOLDER, Fixture
from torch.nn import init

EYES = ((3, 3), (2, 5), (4, 1), (0, 3))
DIRACS = (((3, 4, 5), 1), ((5, 2, 4), 1), ((6, 2, 3), 3), ((4, 4, 1), 2), ((2, 3, 3, 5), 1), ((4, 1, 2, 3), 2),
          ((9, 4, 1, 1), 3), ((2, 2, 3, 2, 4), 1), ((4, 3, 1, 2, 3), 2), ((0, 3, 3), 1), ((2, 0, 3), 1))
GAINS = {"linear": ("linear",), "conv1d": ("conv1d",), "conv_transpose3d": ("conv_transpose3d",),
         "sigmoid": ("sigmoid",), "tanh": ("tanh",), "relu": ("relu",), "selu": ("selu",),
         "leaky_relu": ("leaky_relu",), "leaky_relu_0.2": ("leaky_relu", 0.2), "leaky_relu_0": ("leaky_relu", 0)}


def structures(fixture: Fixture) -> None:
    for shape in EYES:
        name = f"eye.{'x'.join(map(str, shape))}"
        fixture.add(f"{name}.output", init.eye_(torch.empty(shape)))
        fixture.cases[name] = {"initializer": "eye"}
    for shape, groups in DIRACS:
        name = f"dirac.{'x'.join(map(str, shape))}.groups{groups}"
        fixture.add(f"{name}.output", init.dirac_(torch.empty(shape), groups))
        fixture.cases[name] = {"initializer": "dirac", "groups": groups}


def gains(fixture: Fixture) -> None:
    for name, arguments in GAINS.items():
        fixture.add(f"gain.{name}.output", torch.tensor(init.calculate_gain(*arguments), dtype=torch.float64))
        fixture.cases[f"gain.{name}"] = {"initializer": "gain"}


if __name__ == "__main__":
    fixture = Fixture(0)
    structures(fixture)
    gains(fixture)
    fixture.save(FOLDER / "initializers.safetensors")
