"""The peers of compare.py, and which of them can run here."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from peers.report import can_force


@dataclass
class Peer:
    """A rival: the package it needs, the script that serves it, and the workloads where it means something."""

    name: str
    package: str
    script: str
    workloads: str
    arguments: tuple[str, ...] = ()
    forced: bool = False
    environment: dict[str, str] = field(default_factory=dict)

    def command(self) -> list[str]:
        return [sys.executable, str(Path(__file__).with_name(self.script)), *self.arguments]


# Where MKL takes part.
FORCED = "(matmul(-..)?|linear|attention|elementwise(-backward)?|layer|step|inference)/"
COMPILE = ("--compile", "--fused")
# What numpy has of the workloads.
NUMPY_NETWORKS = "(step|start|memory)/(mlp|tanh)/|inference/mlp/"
NUMPY = (
    "(matmul(-..)?|linear|linalg|cumsum|sort|argsort)/|elementwise/(?!erf|rsqrt|gelu|silu|softplus)"
    "|movement/(?!embeddingBackward)|reduce/(sum|max|var|argmax)"
    f"|{NUMPY_NETWORKS}"
)


def all_peers() -> list[Peer]:
    """Forcing MKL changes its matrix products and its exp, tanh, …; forcing OpenBLAS the products alone."""
    return [
        Peer("pytorch", "torch", "pytorch.py", "(?!limit/)"),
        Peer("pytorch-forced", "torch", "pytorch.py", FORCED, forced=True),
        Peer("pytorch-fused", "torch", "pytorch.py", "step/|optimizer/(sgd|momentum|adam|adamw|adagrad)$", ("--fused",)),
        Peer("pytorch-fused-forced", "torch", "pytorch.py", "step/", ("--fused",), forced=True),
        Peer("pytorch-compile", "torch", "pytorch.py", "(step|inference)/", COMPILE),
        Peer("pytorch-compile-forced", "torch", "pytorch.py", "(step|inference)/", COMPILE, forced=True),
        Peer("jax", "jax", "jax_peer.py", "(step|inference|start|memory)/"),
        Peer("mlx", "mlx", "mlx_peer.py", "(step|inference)/"),
        Peer("numpy", "numpy", "numpy_peer.py", NUMPY),
        Peer("numpy-forced", "numpy", "numpy_peer.py", f"(matmul(-..)?|linear)/|{NUMPY_NETWORKS}", forced=True),
    ]


def present_peers(folder: Path) -> list[Peer]:
    """The peers that can run here; says of each other one why not."""
    peers, mkl = [], mkl_switch(folder)
    for peer in all_peers():
        if peer.forced:
            peer.environment = mkl if peer.package == "torch" else {"OPENBLAS_CORETYPE": "SkylakeX"}
        if not version(peer.package):
            print(f"without {peer.name}: this Python has no {peer.package}")
        elif peer.forced and not can_force():
            print(f"without {peer.name}: there is something to force only on an AVX-512 processor not made by Intel")
        elif peer.forced and not peer.environment:
            print(f"without {peer.name}: no C compiler `cc`")
        else:
            peers.append(peer)
    return peers


def mkl_switch(folder: Path) -> dict[str, str]:
    """Makes MKL believe that it runs on an Intel processor. Empty if there is no C compiler."""
    source, library = folder / "force.c", folder / "libforce.so"
    source.write_text("int mkl_serv_intel_cpu_true(void) { return 1; }\n")
    cc = shutil.which("cc")
    if not cc or subprocess.run([cc, "-shared", "-fPIC", "-o", library, source], capture_output=True).returncode:
        return {}
    return {"LD_PRELOAD": " ".join(filter(None, [str(library), os.environ.get("LD_PRELOAD")]))}


def version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
