"""Writes the reference cases of the layers and losses, layers/FAMILY.safetensors, with PyTorch.

    python3 Tests/Fixtures/make_layers.py [FAMILY ...]

Without a name it makes every family: each file of `layers` with a function `cases(book)`. The committed files were made
with torch 2.15.0 on a CPU; another torch or processor may differ in the last digits. `layers/layer_book.py` says what a
case holds.
"""

import importlib
import sys
from pathlib import Path

import torch

from layers.layer_book import LayerBook

FOLDER = Path(__file__).resolve().parent / "layers"
FAMILIES = sorted(path.stem for path in FOLDER.glob("*.py") if "\ndef cases(" in path.read_text())


def make(family: str) -> None:
    torch.manual_seed(sum(family.encode()))
    book = LayerBook()
    importlib.import_module(f"layers.{family}").cases(book)
    path = FOLDER / f"{family}.safetensors"
    book.save(path)
    print(f"{family}: {len(book.cases)} layers, {book.count} cases, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or FAMILIES:
        make(name)
