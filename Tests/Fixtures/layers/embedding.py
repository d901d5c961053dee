"""Embeddings and bags of them."""

from typing import Any

import torch
from torch import Tensor, nn

from layers.layer_book import LayerBook
from operations.book import FLOATS, normal

ROWS, FEATURES = 5, 3


def indices(*values: Any, dtype: torch.dtype = torch.int64) -> Tensor:
    return torch.tensor(values, dtype=dtype)


def embeddings(book: LayerBook) -> None:
    inputs = (indices([1, 4, 1], [0, 2, 4]), indices(3, 3, 3, 0), torch.tensor(2), indices([[0], [4]]),
              torch.zeros(0, dtype=torch.int64), torch.zeros(2, 0, dtype=torch.int64),
              indices(4, 0, dtype=torch.int32))
    for options in ({}, {"padding_idx": 4}, {"padding_idx": -5}, {"scale_grad_by_freq": True},
                    {"scale_grad_by_freq": True, "padding_idx": 1}):
        for dtype in FLOATS:
            module = nn.Embedding(ROWS, FEATURES, dtype=dtype, **options)
            for x in inputs:
                book.layer("Embedding", module, [x], num_embeddings=ROWS, embedding_dim=FEATURES, **options)


def renormalized(book: LayerBook) -> None:
    """Rows above the norm shrink in the table before the lookup, which differences of the table would not see."""
    for options in ({"max_norm": 1.0}, {"max_norm": 2.0, "norm_type": 1.0}, {"max_norm": 0.5, "padding_idx": 2}):
        for dtype in FLOATS:
            module = nn.Embedding(ROWS, FEATURES, dtype=dtype, **options)
            book.layer("Embedding", module, [indices([1, 4, 1], [0, 2, 4])], check=False, num_embeddings=ROWS,
                       embedding_dim=FEATURES, **options)
        bag = nn.EmbeddingBag(ROWS, FEATURES, dtype=torch.float64, mode="sum", **options)
        book.layer("EmbeddingBag", bag, [indices([1, 4, 1], [0, 2, 4])], check=False, num_embeddings=ROWS,
                   embedding_dim=FEATURES, mode="sum", **options)


def bag(book: LayerBook, dtype: torch.dtype, mode: str, **options: Any) -> None:
    module = nn.EmbeddingBag(ROWS, FEATURES, mode=mode, dtype=dtype, **options)
    arguments = {"num_embeddings": ROWS, "embedding_dim": FEATURES, "mode": mode, **options}
    def add(*inputs: Tensor) -> None:
        book.layer("EmbeddingBag", module, inputs, **arguments)
    flat, end = indices(1, 4, 1, 0, 2, 4, 3), [7] if options.get("include_last_offset") else []
    add(flat, indices(0, 2, 2, 6, *end))
    add(flat, indices(0, 0, 7, *end, dtype=torch.int64))
    add(torch.zeros(0, dtype=torch.int64), indices(0, 0, *([0] if end else [])))
    if end:
        return
    add(indices([1, 4, 1], [0, 2, 4], [4, 4, 4]))
    add(indices([1], [0], dtype=torch.int32))


def weighted(module: nn.EmbeddingBag, x: Tensor, offsets: Tensor | None, weights: Tensor) -> Tensor:
    return module(x, offsets, weights)


def bags(book: LayerBook) -> None:
    for dtype in FLOATS:
        for mode in ("mean", "sum", "max"):
            for options in ({}, {"padding_idx": 4}, {"include_last_offset": True}):
                bag(book, dtype, mode, **options)
            if mode != "max":
                bag(book, dtype, mode, scale_grad_by_freq=True)
        for options in ({}, {"padding_idx": 1}):
            module = nn.EmbeddingBag(ROWS, FEATURES, mode="sum", dtype=dtype, **options)
            arguments = {"num_embeddings": ROWS, "embedding_dim": FEATURES, "mode": "sum", **options}
            book.layer("EmbeddingBag", module, [indices(1, 4, 1, 0, 2), indices(0, 2, 2), normal(5, dtype=dtype)],
                       call=weighted, **arguments)
            book.layer("EmbeddingBag", module, [indices([1, 4, 1], [0, 2, 1]), normal(2, 3, dtype=dtype)],
                       call=lambda module, x, weights: module(x, None, weights), **arguments)


def cases(book: LayerBook) -> None:
    embeddings(book)
    renormalized(book)
    bags(book)
