"""What compare.py prints: the machine, the table, and the numbers in both."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

FIRST, OURS, SHARE, PEER = 40, 18, 12, 27  # the columns' widths


@dataclass
class Bound:
    """The shortest time in which a workload's operations can be done, or its bytes be moved, and which of the two."""

    ns: float
    limit: str


@dataclass
class Work:
    """What one unit of a workload must do, as `bench --describe` says; 0 where it says nothing."""

    workload: str
    dtype: str = "float32"
    flops: float = 0
    bytes: float = 0


class Limits:
    """What the machine can do at most on a number of threads: the rates of the `limit/` workloads, a unit's work per ns."""

    def __init__(self) -> None:
        self.rates: dict[str, float] = {}

    def add(self, work: Work, times: list[float]) -> None:
        """The best time counts: nothing makes the machine faster than it is."""
        self.rates[work.workload] = (work.flops or work.bytes) / min(times)

    def bound(self, work: Work) -> Bound | None:
        """Nothing for a workload that declares no work, or whose limit was not measured."""
        demands = ((work.flops, f"limit/fma-{work.dtype}", "fma"), (work.bytes, "limit/bandwidth", "mem"))
        bounds = [Bound(amount / self.rates[name], limit) for amount, name, limit in demands
                  if amount and name in self.rates]
        return max(bounds, key=lambda bound: bound.ns, default=None)


class Result:
    """The medians of one workload, from the times of Adjoint and its peers in each round."""

    def __init__(self, workload: str, threads: int, ours: list[float], peers: dict[str, list[float]],
                 bound: Bound | None = None) -> None:
        self.workload, self.threads = workload, threads
        self.ours = statistics.median(ours)
        self.ours_spread = spread(ours)
        self.peers = {name: statistics.median(times) for name, times in peers.items()}
        rounds = {name: [theirs / own for theirs, own in zip(times, ours)] for name, times in peers.items()}
        self.ratios = {name: statistics.median(ratios) for name, ratios in rounds.items()}
        self.spreads = {name: spread(ratios) for name, ratios in rounds.items()}
        self.share, self.limit = (bound.ns / self.ours, bound.limit) if bound else (None, "")

    def json(self) -> dict[str, object]:
        return {"workload": self.workload, "threads": self.threads, "adjoint_ns": self.ours,
                "peers_ns": self.peers, "ratio": self.ratios, "share": self.share, "limit": self.limit}

    def row(self, columns: list[str]) -> str:
        """Our time, our share of what the machine can do, then each peer's time and ratio; a dash where there is none."""
        first = f"{self.workload:<{FIRST}}" + f"{self.human(self.ours)} ±{self.ours_spread:3.0%}".rjust(OURS)
        first += self.share_text().rjust(SHARE)
        return first + "".join(self.cell(name).rjust(PEER) for name in columns)

    def human(self, amount: float) -> str:
        return human(amount, SIZES if self.workload.startswith("memory/") else TIMES)

    def share_text(self) -> str:
        return "-" if self.share is None else f"{self.share:.0%} {self.limit}"

    def cell(self, name: str) -> str:
        if name not in self.peers:
            return "-"
        ratio = self.ratios[name]
        number = f"{ratio:.{2 if ratio < 100 else 0}f}x"
        return f"{self.human(self.peers[name])} {number:>8} ±{self.spreads[name]:3.0%}"


def header(threads: int, columns: list[str]) -> str:
    count = f"{threads} thread" + ("s" if threads > 1 else "")
    return f"\n{count:<{FIRST}}{'adjoint':>{OURS}}{'share':>{SHARE}}" + "".join(f"{name:>{PEER}}" for name in columns)


def spread(values: list[float]) -> float:
    """Half the interquartile range, as a part of the median."""
    if len(values) < 2:
        return 0
    first, median, third = statistics.quantiles(values, n=4, method="inclusive")
    return (third - first) / 2 / median


TIMES = (("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9))
SIZES = (("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9))


def human(amount: float, units: tuple[tuple[str, float], ...] = TIMES) -> str:
    """A time in ns, or another amount, with three digits and its unit."""
    unit, size = next(((u, s) for u, s in units if amount < 999.5 * s), units[-1])
    value = amount / size
    return f"{value:.{2 if value < 9.995 else 1 if value < 99.95 else 0}f} {unit}"


def describe(versions: dict[str, str], rounds: int) -> str:
    """The machine and the versions, for the top of the table."""
    peers = ", ".join(f"{name} {number}" for name, number in versions.items() if number) or "none"
    return "\n".join([
        f"CPU     {processor()}, {cores()} cores" + (", AVX-512" if "avx512f" in cpu_info("flags").split() else ""),
        f"OS      {system()}",
        f"Swift   {output('swift', '--version')}",
        f"Python  {platform.python_version()}",
        f"Peers   {peers}",
        f"Each cell: the median of {rounds} rounds; x: the peer's time over Adjoint's, above 1 Adjoint is faster; "
        "±: half the interquartile range; share: of the machine's measured multiply-adds (fma) or memory bandwidth (mem).",
    ])


def can_force() -> bool:
    """Whether MKL and OpenBLAS leave an AVX-512 path unused: on a processor that has it and isn't Intel's."""
    return "avx512f" in cpu_info("flags").split() and cpu_info("vendor_id") != "GenuineIntel"


def processor() -> str:
    return cpu_info("model name") or output("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"] + ", "
    except (OSError, KeyError):
        name = ""
    return f"{name}{platform.system()} {platform.machine()}"


def cpu_info(key: str) -> str:
    """A field of the first processor in Linux's list, or nothing."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.partition(":")[0].strip() == key), "")


def output(*command: str) -> str:
    """The first line that a command prints, or nothing."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.partition("\n")[0]
    except (OSError, subprocess.CalledProcessError):
        return ""
