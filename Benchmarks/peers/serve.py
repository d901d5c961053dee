"""The protocol between compare.py and its children, both ends.

A child reads names of workloads from standard input, one a line, and answers each with a line of JSON on standard
output: {"workload": "matmul/512", "threads": 1, "ns": 1234.5}, the time of one unit of the workload, or "error" and a
message in place of "ns". It ends when its input ends. Called with `--units N NAME` it runs N units of one workload and
says how much memory it took. The Swift program `bench` does both, the first when called with `--serve`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from itertools import repeat
from pathlib import Path
from time import perf_counter_ns

WARM_UP_NS = 100_000_000
SAMPLE_NS = 5_000_000
REQUEST_NS = 300_000_000
FEWEST_SAMPLES = 3
LONGEST_ANSWER_S = 120

Call = Callable[[], object]


# A child's end


Prepare = Callable[[str], tuple[Call, int]]


def main(prepare: Prepare, threads: int) -> None:
    """`prepare` makes a workload's call and says how many units of work it does."""
    if "--units" in sys.argv:
        at = sys.argv.index("--units")
        run_units(prepare, int(sys.argv[at + 1]), sys.argv[at + 2])
    else:
        serve(prepare, threads)


def run_units(prepare: Prepare, units: int, name: str) -> None:
    call, count = prepare(name)
    for _ in repeat(None, units):
        call()
    print(json.dumps({"workload": name, "units": units, "count": count, "peak_bytes": peak_bytes()}))


def peak_bytes() -> int:
    """The most main memory that this process has held. Not what getrusage says on Linux: the parent's at the fork, too."""
    if not (path := Path("/proc/self/status")).exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status = path.read_text()
    return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def serve(prepare: Prepare, threads: int) -> None:
    """Answers until the input ends."""
    prepared = ("", None, 1)
    for line in sys.stdin:
        name = line.strip()
        answer: dict[str, object] = {"workload": name, "threads": threads}
        try:
            if prepared[0] != name:
                prepared = ("", None, 1)  # the last workload's memory goes before the next one's comes
                prepared = (name, *prepare(name))
            answer["ns"] = measure(prepared[1]) / prepared[2]
        except LookupError:
            answer["error"] = "unknown workload"
        except Exception as error:
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)


def measure(call: Call) -> float:
    """The median time of a call in ns, over samples of about 5 ms that follow a warm-up."""
    calls, start = 0, perf_counter_ns()
    while (elapsed := perf_counter_ns() - start) < WARM_UP_NS:
        call()
        calls += 1
    batch = max(1, SAMPLE_NS * calls // elapsed)
    samples: list[float] = []
    start = perf_counter_ns()
    while len(samples) < FEWEST_SAMPLES or perf_counter_ns() - start < REQUEST_NS:
        samples.append(sample(call, batch))
    return statistics.median(samples)


def sample(call: Call, calls: int) -> float:
    start = perf_counter_ns()
    for _ in repeat(None, calls):
        call()
    return (perf_counter_ns() - start) / calls


# The end of compare.py


class WorkloadFailed(Exception):
    """The child answered with an error, and can be asked for other workloads."""


class ChildDied(Exception):
    """The child is gone."""


class Child:
    """A running process that answers the protocol."""

    def __init__(self, name: str, command: Sequence[str], environment: dict[str, str]) -> None:
        self.name, self.late = name, False
        self.errors = tempfile.TemporaryFile("w+")
        try:  # in a session of its own, so that Ctrl-C reaches compare.py alone
            self.process = subprocess.Popen(
                command, env=os.environ | environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=self.errors, text=True, start_new_session=True)
        except OSError as error:
            raise ChildDied(f"{name} doesn't start: {error}") from None

    def ask(self, workload: str) -> float:
        """The time of one unit of the workload in ns."""
        assert self.process.stdin and self.process.stdout
        watchdog = threading.Timer(LONGEST_ANSWER_S, self.give_up)
        watchdog.start()
        try:
            self.process.stdin.write(workload + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError:
            line = ""
        finally:
            watchdog.cancel()
        if not line:
            raise ChildDied(f"{self.name} died at {workload} ({self.cause()})")
        return self.time_in(line, workload)

    def time_in(self, line: str, workload: str) -> float:
        try:
            answer = json.loads(line)
            if "error" in answer:
                raise WorkloadFailed(f"{self.name} can't run {workload}: {answer['error']}")
            if answer["workload"] == workload and answer["ns"] > 0:
                return float(answer["ns"])
        except (ValueError, LookupError, TypeError):
            pass
        self.close()
        raise ChildDied(f"{self.name} answered {workload} with {line.strip()!r}")

    def give_up(self) -> None:
        self.late = True
        self.process.kill()

    def cause(self) -> str:
        """Why the process ended: its exit code or signal, and the last line that it wrote about it."""
        code = self.process.wait()
        how = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
        if self.late:
            how = f"no answer in {LONGEST_ANSWER_S} s"
        self.errors.seek(0)
        lines = self.errors.read().split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f"{how}: {last}" if last else how

    def close(self) -> None:
        """Ends the process, busy or not."""
        self.process.kill()
        self.process.wait()
        self.errors.close()
