"""What a whole process takes for training steps: from its start to the end of its first step, and its memory at most."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from time import perf_counter_ns

from peers.serve import LONGEST_ANSWER_S, ChildDied

MEMORY_UNITS = 50

Measure = Callable[[str, Sequence[str], dict[str, str], str], float]


def start(name: str, command: Sequence[str], environment: dict[str, str], workload: str) -> float:
    """The time in ns of a process that does one step, from the call that makes it to its end."""
    begin = perf_counter_ns()
    run(name, command, environment, 1, workload)
    return perf_counter_ns() - begin


def memory(name: str, command: Sequence[str], environment: dict[str, str], workload: str) -> float:
    """The most bytes of main memory that a process held in 50 steps."""
    return run(name, command, environment, MEMORY_UNITS, workload)["peak_bytes"]


def run(name: str, command: Sequence[str], environment: dict[str, str], units: int, workload: str) -> dict[str, float]:
    """What the program says of itself after so many units of the training step behind the workload's name."""
    step = "step/" + workload.partition("/")[2]
    try:
        done = subprocess.run([*command, "--units", str(units), step], env=os.environ | environment, text=True,
                              capture_output=True, check=True, timeout=LONGEST_ANSWER_S)
        return json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ChildDied(f"{name} can't run {units} units of {step}: {error}") from None


# What is measured with a process for each figure, by the family of the workload.
MEASURES: dict[str, Measure] = {"start": start, "memory": memory}


def whole_process_workloads(names: Sequence[str]) -> list[str]:
    """start/NETWORK/BATCH and memory/NETWORK/BATCH for each training step."""
    steps = [name.partition("/")[2] for name in names if name.startswith("step/")]
    return [f"{family}/{step}" for family in MEASURES for step in steps]
