"""What PyTorch computes for the training steps and inferences, from which every twin starts, and which it must reach.

A file for each workload, in the folder named by BENCH_REFERENCES: `model.KEY` for each entry of the network's state,
`inputs` and `labels` of its batch, and `losses`, those before each of the first 20 steps, or `outputs`.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

STEPS = 20
MODEL = "model."
# The learning rate of the timed steps, which begin again at the first weights. They do a training's work, and yet
# nothing is learnt: a network that knows its one batch by heart has gradients so small that arithmetic slows down.
STANDING_STILL = 1e-9
# Rounding differs from library to library, and Adam divides small gradients by themselves; what is computed otherwise, a
# missed bias correction say, moves the losses by far more.
TOLERANCE = 2e-3

Arrays = dict[str, np.ndarray]


class Disagreement(Exception):
    """A twin computes something else."""


def path(folder: Path, workload: str) -> Path:
    return folder / (workload.replace("/", "-") + ".safetensors")


def load(workload: str) -> Arrays | None:
    """The workload's reference; nothing where no folder is named."""
    folder = os.environ.get("BENCH_REFERENCES")
    return load_file(path(Path(folder), workload)) if folder else None


def weights(stored: Arrays) -> Arrays:
    return {key.removeprefix(MODEL): value for key, value in stored.items() if key.startswith(MODEL)}


def check(expected: np.ndarray, found: Sequence[float] | np.ndarray) -> None:
    """Every number within the tolerance, relative to the largest expected one."""
    difference = np.abs(np.asarray(found, np.float32) - expected).max() / np.abs(expected).max()
    if not difference <= TOLERANCE:  # NaN fails, too
        raise Disagreement(f"differs from PyTorch by {difference:.1e} of the largest value, above {TOLERANCE}")
