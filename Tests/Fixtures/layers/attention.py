"""Attention in several heads: every option, every kind of mask."""

from typing import Any

import torch
from torch import Tensor, nn

from layers.layer_book import LayerBook
from operations.book import FLOATS, INF, normal

EMBEDDING, HEADS, BATCH, QUERIES, KEYS = 4, 2, 2, 3, 4
CAUSAL = torch.triu(torch.ones(QUERIES, KEYS), 1).bool()
PADDING = torch.tensor([[False, False, True, False], [False, False, False, True]])


def attention(dtype: torch.dtype = torch.float64, **options: Any) -> nn.MultiheadAttention:
    """With biases that are not zero."""
    module = nn.MultiheadAttention(EMBEDDING, HEADS, dtype=dtype, **options)
    for bias in (module.in_proj_bias, module.out_proj.bias):
        if bias is not None:
            nn.init.normal_(bias)
    return module


def added(hidden: Tensor) -> Tensor:
    """Numbers for a mask: negative infinity where hidden."""
    return normal(*hidden.shape).masked_fill(hidden, -INF)


def case(book: LayerBook, module: nn.MultiheadAttention, inputs: list[Tensor],
         masks: dict[str, Tensor] | None = None, *, needs: bool = True, train: bool = False, causal: bool = False,
         options: dict[str, Any] | None = None, **how: Any) -> None:
    """Inputs of the case are query, key and value, or one for all three, then the masks in order."""
    masks = masks or {}
    count = len(inputs)

    def call(module: nn.MultiheadAttention, *x: Tensor) -> Any:
        query, key, value = x[:count] if count == 3 else x[:1] * 3
        given = dict(zip(masks, x[count:])) | how
        if causal:
            # PyTorch's flag only says that the mask is this one.
            length = 1 if module.batch_first and query.ndim == 3 else 0
            shape = (query.shape[length], key.shape[length])
            given |= {"attn_mask": torch.triu(torch.ones(shape), 1).bool(), "is_causal": True}
        output, weights = module(query, key, value, need_weights=needs, **given)
        return (output, weights) if needs else output

    arguments = {"embed_dim": EMBEDDING, "num_heads": HEADS, "masks": list(masks), "need_weights": needs}
    arguments |= (options or {}) | how | ({"is_causal": True} if causal else {})
    book.layer("MultiheadAttention", module, [*inputs, *masks.values()], train=train, call=call, **arguments)


def inputs(batch_first: bool = False, key: int = EMBEDDING, value: int = EMBEDDING,
           dtype: torch.dtype = torch.float64) -> list[Tensor]:
    shapes = ((QUERIES, BATCH, EMBEDDING), (KEYS, BATCH, key), (KEYS, BATCH, value))
    made = [normal(*shape, dtype=dtype) for shape in shapes]
    return [x.transpose(0, 1).contiguous() for x in made] if batch_first else made


def options(book: LayerBook) -> None:
    for dtype in FLOATS:
        for variant in ({}, {"batch_first": True}, {"bias": False}, {"kdim": 5, "vdim": 6}, {"kdim": 5, "bias": False},
                        {"add_bias_kv": True}, {"add_zero_attn": True}, {"add_bias_kv": True, "add_zero_attn": True}):
            module = attention(dtype, **variant)
            sizes = (variant.get("kdim", EMBEDDING), variant.get("vdim", EMBEDDING))
            x = inputs(variant.get("batch_first", False), *sizes, dtype=dtype)
            case(book, module, x, options=variant)
            case(book, module, x, needs=False, train=True, options=variant)
            if dtype == torch.float64 and "add_zero_attn" in variant:
                case(book, module, x, {"attn_mask": CAUSAL, "key_padding_mask": PADDING}, options=variant)


def calls(book: LayerBook) -> None:
    module, first = attention(), attention(batch_first=True)
    x = inputs()
    case(book, module, [normal(QUERIES, BATCH, EMBEDDING)], average_attn_weights=False)
    case(book, first, [normal(BATCH, QUERIES, EMBEDDING)], needs=False, causal=True, options={"batch_first": True})
    for needs in (True, False):
        case(book, module, x, needs=needs, causal=True)
        case(book, module, [y[:, 0] for y in x], needs=needs)
        case(book, first, [y[:, 0] for y in x], {"attn_mask": added(CAUSAL), "key_padding_mask": PADDING[0]},
             needs=needs, options={"batch_first": True})
    case(book, module, [y[:, 0] for y in x], average_attn_weights=False)
    case(book, module, [y[:, :0] for y in x], needs=False)


def masks(book: LayerBook) -> None:
    module = attention()
    x = inputs()
    each = torch.rand(BATCH * HEADS, QUERIES, KEYS) < 0.4
    each[..., 1] = False
    for needs in (True, False):
        for given in ({"attn_mask": CAUSAL}, {"attn_mask": added(CAUSAL)}, {"attn_mask": each},
                      {"attn_mask": added(each)}, {"key_padding_mask": PADDING}, {"key_padding_mask": added(PADDING)},
                      {"attn_mask": CAUSAL, "key_padding_mask": PADDING},
                      {"attn_mask": added(each), "key_padding_mask": added(PADDING)}):
            case(book, module, x, given, needs=needs)
    # A query that sees nothing: PyTorch's weights are NaN, its result without them is that of weights 0.
    blind = torch.tensor([[True] * KEYS, [False] * KEYS, [True, False, True, True]])
    case(book, module, x, {"attn_mask": blind}, needs=False)


def cases(book: LayerBook) -> None:
    torch.backends.mha.set_fastpath_enabled(False)
    options(book)
    calls(book)
    masks(book)
