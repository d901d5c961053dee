#!/usr/bin/env python3
"""Runs Adjoint and its peers on the same work, by turns, and prints the medians of the times, and their ratios.

    python3 Benchmarks/compare.py [--only REGEX] [--peers REGEX] [--threads 1,2] [--rounds 7] [--json FILE]
                                  [--markdown FILE]

Builds the `bench` executable first. The peers are the packages that this Python can import: PyTorch as shipped, with
its fused optimizer, compiled, and each with MKL's AVX-512 path forced on; JAX; MLX; numpy as shipped and with OpenBLAS's
path forced on.
A ratio is the peer's time over Adjoint's: above 1, Adjoint is faster. A share is the part of the machine's speed that a
workload reaches, of its multiply-adds or its memory bandwidth, which the `limit/` workloads measure in the same run. Training steps
and inferences are compared with PyTorch's losses and outputs before they are timed; `start/` is the time from a process's
start to the end of its first step, `memory/` the most memory it holds in 50.
`--markdown Benchmarks/RESULTS.md` writes the table of all results. ADJOINT_BENCH names another program that speaks the
protocol of peers/serve.py; then nothing is built.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import NoReturn

from peers.markdown import document
from peers.process import MEASURES, whole_process_workloads
from peers.report import Limits, Result, Work, cores, describe, header
from peers.roster import Peer, present_peers, version
from peers.serve import Child, ChildDied, WorkloadFailed

ROOT = Path(__file__).resolve().parent.parent

# A pool's threads spin for a while after a call in the hope of the next: libgomp's for about 7 ms, OpenBLAS's for
# 100 ms, Intel's OpenMP's for 200 ms. In a measurement the next call comes at once, so there it helps, and stays on:
# with OMP_WAIT_POLICY=passive PyTorch's small steps take 1.6 times as long on two threads. It must only be over when
# another child's turn comes: the long times are cut to about 10 ms, still far above the gap between calls, and every
# turn begins with a pause.
SPINNING = {"KMP_BLOCKTIME": "10", "OPENBLAS_THREAD_TIMEOUT": "25"}
PAUSE_S = 0.03
ONE_LINE = {"SWIFT_BACKTRACE": "enable=no"}  # a crash's last line is then its message


def stop(message: str, code: int) -> NoReturn:
    print(f"compare.py: {message}", file=sys.stderr)
    sys.exit(code)


def bench_command() -> list[str]:
    """The program under test, freshly built."""
    if chosen := os.environ.get("ADJOINT_BENCH"):
        return shlex.split(chosen)
    build = ["swift", "build", "-c", "release", "--product", "bench"]
    try:
        if subprocess.run(build, cwd=ROOT, stdout=sys.stderr).returncode:
            stop(f"the build failed: {shlex.join(build)}", 1)
        path = subprocess.run([*build, "--show-bin-path"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"no Swift toolchain: {error}", 1)
    return [str(Path(path.stdout.strip()) / "bench")]


def workloads_of(bench: list[str], pattern: re.Pattern[str]) -> list[str]:
    try:
        listing = subprocess.run([*bench, "--list"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        stop(f"can't list the workloads: {error}", 1)
    names = listing.stdout.split()
    names = [name for name in names + whole_process_workloads(names) if pattern.search(name)]
    return names or stop(f"--only {pattern.pattern!r} matches no workload of {shlex.join(bench)} --list", 2)


def work_of(bench: list[str]) -> dict[str, Work]:
    """What each workload's unit must do; nothing from a program that doesn't say."""
    try:
        lines = subprocess.run([*bench, "--describe"], capture_output=True, text=True, check=True).stdout.splitlines()
        return {work.workload: work for work in (Work(**json.loads(line)) for line in lines)}
    except (OSError, subprocess.CalledProcessError, ValueError, TypeError):
        return {}


def write_references(folder: Path, workloads: list[str]) -> dict[str, str]:
    """Has PyTorch write what every twin must reproduce before it is timed; the setting that says where."""
    names = [name for name in workloads if name.startswith(("step/", "inference/"))]
    if not names or not version("torch"):
        return {}
    script = ROOT / "Benchmarks" / "peers" / "torch_steps.py"
    if subprocess.run([sys.executable, script, folder, *names]).returncode:
        stop(f"{script.name} failed", 1)
    return {"BENCH_REFERENCES": str(folder)}


class Contest:
    """The children for one number of threads. They start when first needed; one that dies stays out."""

    def __init__(self, bench: list[str], peers: list[Peer], threads: int, work: dict[str, Work],
                 references: dict[str, str]) -> None:
        self.bench, self.peers, self.threads, self.work = bench, list(peers), threads, work
        self.references = references
        self.children: dict[str, Child] = {}
        self.limits = Limits()

    def rivals(self, workload: str) -> list[Peer]:
        return [peer for peer in self.peers if re.match(peer.workloads, workload)]

    def measure_limits(self, rounds: int) -> None:
        for work in self.work.values():
            if work.workload.startswith("limit/"):
                self.limits.add(work, [self.ask_ours(work.workload) for _ in range(rounds)])

    def ask_ours(self, workload: str) -> float:
        return self.ask("adjoint", self.bench, ONE_LINE, workload)

    def run(self, workload: str, rounds: int) -> Result:
        """One round after the other: ours, the first peer, the second, …"""
        ours: list[float] = []
        times: dict[str, list[float]] = {peer.name: [] for peer in self.rivals(workload)}
        for _ in range(rounds):
            ours.append(self.ask_ours(workload))
            for peer in [peer for peer in self.rivals(workload) if peer.name in times]:
                try:
                    times[peer.name].append(self.ask(peer.name, peer.command(), peer.environment, workload))
                except (WorkloadFailed, ChildDied) as error:
                    print(f"left out: {error}")
                    del times[peer.name]
                    if isinstance(error, ChildDied):
                        self.peers.remove(peer)
        bound = self.limits.bound(self.work.get(workload, Work(workload)))
        return Result(workload, self.threads, ours, times, bound)

    def ask(self, name: str, command: list[str], environment: dict[str, str], workload: str) -> float:
        settings = {f"{pool}_NUM_THREADS": str(self.threads) for pool in ("ADJOINT", "OMP", "MKL", "OPENBLAS")}
        environment = SPINNING | settings | environment
        time.sleep(PAUSE_S)
        if measure := MEASURES.get(workload.partition("/")[0]):
            return measure(name, command, environment, workload)
        if name not in self.children:
            self.children[name] = Child(name, [*command, "--serve"], environment | self.references)
        return self.children[name].ask(workload)

    def close(self) -> None:
        for child in self.children.values():
            child.close()


def compare(contest: Contest, workloads: list[str], rounds: int, results: list[Result]) -> None:
    """Measures the limits, runs the workloads, prints a table for each family of them, and collects the results."""
    contest.measure_limits(rounds)
    for _, family in groupby(workloads, lambda name: name.partition("/")[0]):
        names = list(family)
        columns = list(dict.fromkeys(peer.name for name in names for peer in contest.rivals(name)))
        print(header(contest.threads, columns))
        for name in names:
            try:
                results.append(contest.run(name, rounds))
                print(results[-1].row(columns))
            except WorkloadFailed as error:
                print(f"left out: {error}")


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        stop(message, 2)


def regex(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no regular expression: {error}") from None


def count(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,3}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no positive number")
    return int(text)


def counts(text: str) -> list[int]:
    return list(dict.fromkeys(count(part) for part in text.split(",")))


def writable(text: str) -> Path:
    path = Path(text)
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"can't write {text}")
    return path


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="compare.py", description="Adjoint and its peers on the same work, by turns.")
    parser.add_argument("--only", type=regex, default=regex(""), metavar="REGEX", help="the workloads that match")
    parser.add_argument("--peers", type=regex, default=regex(""), metavar="REGEX", help="the peers that match")
    parser.add_argument("--threads", type=counts, default=[1, 2][: cores()], metavar="1,2", help="numbers of threads")
    parser.add_argument("--rounds", type=count, default=7, metavar="7", help="how many turns each side takes")
    parser.add_argument("--json", type=writable, metavar="FILE", help="where to write the results, too")
    parser.add_argument("--markdown", type=writable, metavar="FILE", help="where to write a table of the results, too")
    return parser.parse_args(arguments)


def main() -> None:
    options = parse(sys.argv[1:])
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    bench = bench_command()
    workloads, work = workloads_of(bench, options.only), work_of(bench)
    machine = describe({package: version(package) for package in ("torch", "numpy", "jax", "mlx")}, options.rounds)
    print(machine)
    results: list[Result] = []
    limits: dict[int, Limits] = {}
    with tempfile.TemporaryDirectory() as folder:
        peers = [peer for peer in present_peers(Path(folder)) if options.peers.search(peer.name)]
        references = write_references(Path(folder), workloads)
        try:
            for threads in options.threads:
                with closing(Contest(bench, peers, threads, work, references)) as contest:
                    limits[threads] = contest.limits
                    compare(contest, workloads, options.rounds, results)
        except ChildDied as error:
            stop(str(error), 1)
        finally:
            if options.json:
                options.json.write_text(json.dumps([result.json() for result in results], indent=1) + "\n")
            if options.markdown:
                options.markdown.write_text(document(results, limits, machine, shlex.join(["python3", *sys.argv])))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("interrupted", 130)
