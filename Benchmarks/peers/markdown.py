"""The table of all results that compare.py writes."""

from __future__ import annotations

import datetime
from itertools import groupby

from peers.report import Limits, Result

NAMES = {"pytorch": "PyTorch", "pytorch-forced": "PyTorch forced", "pytorch-fused": "PyTorch fused",
         "pytorch-fused-forced": "PyTorch fused, forced", "pytorch-compile": "torch.compile",
         "pytorch-compile-forced": "torch.compile forced", "jax": "JAX jit", "mlx": "MLX", "numpy": "numpy", "numpy-forced": "numpy forced"}

LEGEND = """\
Times are medians, lower is better. × is the peer's time over Adjoint's in the same rounds: above 1 Adjoint is faster, and
**▼** marks a ratio below 1. "Forced" is the peer with the AVX-512 path of its BLAS (and MKL's vector functions) forced on,
which it leaves unused on this processor. The share is of what the machine can do at most, as measured in the same run:
fma is the floating-point operations of a loop of multiply-adds in registers, mem the bytes of a copy of memory. It counts
what a workload cannot do without, so reading a block twice, or doing an exponential, lowers it. The twins of `step` and
`inference` were compared with PyTorch's losses and outputs before they were timed. `start` is the time from the start of a
process to the end of its first step, `memory` the most main memory that it holds in 50 steps. MLX's package for Linux
comes with the reference implementation of BLAS.
"""


def document(results: list[Result], limits: dict[int, Limits], machine: str, command: str) -> str:
    """All of it: how it was made, what the machine can do, a table for each family."""
    date = datetime.date.today().isoformat()
    parts = ["# Results\n", f"    {command}\n", "```\n" + machine + f"\nDate    {date}\n```\n", LEGEND, summary(results)]
    if any(limit.rates for limit in limits.values()):
        parts.append(limit_table(limits))
    rivals = [result for result in results if not result.workload.startswith("limit/")]
    by_family = sorted(rivals, key=family)  # stable: workloads and threads stay in the order of the run
    for name, group in groupby(by_family, key=family):
        parts.append(family_table(name, sorted_rows(list(group))))
    return "\n".join(parts)


def family(result: Result) -> str:
    return result.workload.partition("/")[0]


def sorted_rows(results: list[Result]) -> list[Result]:
    """A workload's numbers of threads one below the other."""
    order = list(dict.fromkeys(result.workload for result in results))
    return sorted(results, key=lambda result: (order.index(result.workload), result.threads))


def kernel_and_size(workload: str) -> tuple[str, str]:
    """`elementwise/exp/1000` is exp of 1000, `matmul/64` matmul of 64: what begins with a digit is a size."""
    name, *rest = workload.split("/")
    sizes = [part for part in rest if part[:1].isdigit()]
    return "/".join(part for part in rest if part not in sizes) or name, " ".join(sizes)


def below(result: Result) -> bool:
    return any(ratio < 1 for ratio in result.ratios.values())


def summary(results: list[Result]) -> str:
    compared = [result for result in results if result.ratios]
    slower = [result for result in compared if below(result)]
    text = f"{len(compared) - len(slower)} of {len(compared)} rows are at 1 or above against every peer."
    if slower:
        names = (f"{result.workload} ({result.threads})" for result in slower)
        text += " Below, with the number of threads: " + ", ".join(names) + "."
    return text + "\n"


def limit_table(limits: dict[int, Limits]) -> str:
    columns = list(dict.fromkeys(name for limit in limits.values() for name in limit.rates))
    head = ["threads"] + [name.removeprefix("limit/") for name in columns]
    rows = []
    for threads, limit in limits.items():
        cells = [f"{limit.rates[name]:.0f} {'GB/s' if name.endswith('bandwidth') else 'GFLOP/s'}"
                 if name in limit.rates else "–" for name in columns]
        rows.append([str(threads), *cells])
    return "## The machine's limits\n\n" + table(head, rows, left=0)


def family_table(name: str, results: list[Result]) -> str:
    peers = list(dict.fromkeys(peer for result in results for peer in result.peers))
    titles = [NAMES.get(peer, peer) for peer in peers]
    head = ["kernel", "size", "threads", "Adjoint", *titles, *("× " + title for title in titles), "share"]
    rows = []
    for result in results:
        times = [result.human(result.peers[peer]) if peer in result.peers else "–" for peer in peers]
        ratios = [ratio_text(result.ratios[peer]) if peer in result.ratios else "–" for peer in peers]
        share = result.share_text().replace("-", "–")
        rows.append([*kernel_and_size(result.workload), str(result.threads), result.human(result.ours), *times, *ratios, share])
    return f"## {name}\n\n" + table(head, rows, left=2)


def ratio_text(ratio: float) -> str:
    text = f"{ratio:.{2 if ratio < 100 else 0}f}"
    return f"**▼ {text}**" if ratio < 1 else text


def table(head: list[str], rows: list[list[str]], left: int) -> str:
    """The first `left` columns are aligned to the left, the others to the right."""
    rule = [":--" if i < left else "--:" for i in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows]) + "\n"
