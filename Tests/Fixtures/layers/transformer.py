"""Layers of transformers, stacks of them, and the whole: derivatives for each option, values for each mask."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers.layer_book import LayerBook
from operations.book import FLOATS, INF, normal

FEATURES, HEADS, HIDDEN, BATCH, SOURCE, TARGET = 4, 2, 3, 2, 4, 3
SIZES = {"d_model": FEATURES, "nhead": HEADS, "dim_feedforward": HIDDEN, "dropout": 0.0}
SOURCE_PADDING = torch.tensor([[False, False, False, True], [False, False, False, False]])
TARGET_PADDING = torch.tensor([[False, False, True], [False, False, False]])
VARIANTS: list[dict[str, Any]] = [{}, {"norm_first": True}, {"batch_first": True}, {"activation": "gelu"},
                                  {"activation": "silu"}, {"bias": False}, {"layer_norm_eps": 0.1}]


def built(kind: type[nn.Module], options: dict[str, Any], **sizes: Any) -> nn.Module:
    """With parameters that are neither 0 nor 1."""
    chosen = options | ({"activation": F.silu} if options.get("activation") == "silu" else {})
    module = kind(**SIZES, **sizes, **chosen)
    for parameter in module.parameters():
        if parameter.ndim == 1:
            nn.init.normal_(parameter, mean=0.5, std=0.5)
    return module


def printed(module: nn.Module, options: dict[str, Any]) -> dict[str, str]:
    """Where the options say something new; with the plain name of the layer set apart for quantization."""
    text = repr(module).replace("NonDynamicallyQuantizableLinear", "Linear")
    return {"repr": text} if set(options) <= {"bias"} else {}


def case(book: LayerBook, name: str, module: nn.Module, inputs: list[Tensor], given: dict[str, Any],
         options: dict[str, Any], **how: Any) -> None:
    """Inputs of the case are those of the call, then the masks of `given` in order; its other values are flags."""
    masks = {key: value for key, value in given.items() if isinstance(value, Tensor)}
    flags = {key: value for key, value in given.items() if key not in masks}
    count = len(inputs)

    def call(module: nn.Module, *x: Tensor) -> Tensor:
        named = dict(zip(masks, x[count:]))
        for flag in flags:
            # PyTorch's flag only says that the mask is this one.
            mask = {"is_causal": "mask" if name == "TransformerEncoder" else "src_mask"}.get(
                flag, flag.replace("is_causal", "mask"))
            columns, rows = lengths(flag, x[:count])
            named |= {mask: torch.triu(torch.ones(rows, columns), 1).bool(), flag: True}
        return module(*x[:count], **named)

    def lengths(flag: str, x: tuple[Tensor, ...]) -> tuple[int, int]:
        axis = 1 if options.get("batch_first") and x[0].ndim == 3 else 0
        sizes = [y.shape[axis] for y in x]
        if flag == "memory_is_causal":
            return (sizes[1], sizes[0]) if "Decoder" in name else (sizes[0], sizes[1])
        return (sizes[-1 if name == "Transformer" and flag == "tgt_is_causal" else 0],) * 2

    arguments = SIZES | options | flags | {"masks": list(masks)}
    book.layer(name, module, [*inputs, *masks.values()], call=call, **arguments, **how)


def sequence(length: int, options: dict[str, Any], dtype: torch.dtype = torch.float64) -> Tensor:
    shape = (BATCH, length, FEATURES) if options.get("batch_first") else (length, BATCH, FEATURES)
    return normal(*shape, dtype=dtype)


def added(hidden: Tensor) -> Tensor:
    return normal(*hidden.shape).masked_fill(hidden, -INF)


def encoder_layers(book: LayerBook) -> None:
    name = "TransformerEncoderLayer"
    for options in VARIANTS:
        for dtype in FLOATS if not options else FLOATS[:1]:
            module = built(nn.TransformerEncoderLayer, options, dtype=dtype)
            for train in (False,) if options else (False, True):
                x = [sequence(SOURCE, options, dtype)]
                case(book, name, module, x, {}, options, train=train, **printed(module, options))
    options = {"norm_first": True, "batch_first": True}
    module, x = built(nn.TransformerEncoderLayer, options, dtype=torch.float64), sequence(SOURCE, options)
    hidden = torch.rand(BATCH * HEADS, SOURCE, SOURCE) < 0.4
    hidden[..., 0] = False
    for given in ({"src_mask": hidden}, {"src_mask": added(hidden[0])}, {"src_key_padding_mask": SOURCE_PADDING},
                  {"is_causal": True}):
        case(book, name, module, [x], given, options, gradients=False)
    case(book, name, module, [x[0]], {"is_causal": True}, options, gradients=False)


def decoder_layers(book: LayerBook) -> None:
    name = "TransformerDecoderLayer"
    for options in VARIANTS:
        for dtype in FLOATS if not options else FLOATS[:1]:
            module = built(nn.TransformerDecoderLayer, options, dtype=dtype)
            x = [sequence(TARGET, options, dtype), sequence(SOURCE, options, dtype)]
            case(book, name, module, x, {}, options, train=not options, **printed(module, options))
    module = built(nn.TransformerDecoderLayer, {}, dtype=torch.float64)
    x = [sequence(TARGET, {}), sequence(SOURCE, {})]
    hidden = torch.tensor([[False, True, False, False], [True, False, False, True], [False, False, True, False]])
    for given in ({"tgt_mask": added(torch.ones(TARGET, TARGET).triu(1).bool())}, {"memory_mask": hidden},
                  {"tgt_key_padding_mask": TARGET_PADDING, "memory_key_padding_mask": SOURCE_PADDING},
                  {"tgt_is_causal": True}, {"memory_is_causal": True}):
        case(book, name, module, x, given, {}, gradients=False)
    case(book, name, module, [y[:, 0] for y in x], {}, {}, gradients=False)


def stacks(book: LayerBook) -> None:
    """Every mask comes to each layer; the first case has derivatives."""
    for options, norm in (({}, True), ({"batch_first": True, "norm_first": True}, False)):
        last = nn.LayerNorm(FEATURES, dtype=torch.float64) if norm else None
        how = options | {"num_layers": 2, "norm": norm}
        layer = built(nn.TransformerEncoderLayer, options, dtype=torch.float64)
        module = nn.TransformerEncoder(layer, 2, last, enable_nested_tensor=False)
        for given in ({}, {"mask": torch.eye(SOURCE).roll(1, 0).bool()}, {"src_key_padding_mask": SOURCE_PADDING},
                      {"is_causal": True}):
            case(book, "TransformerEncoder", module, [sequence(SOURCE, options)], given, how, gradients=not given,
                 **({} if given else printed(module, options)))
        layer = built(nn.TransformerDecoderLayer, options, dtype=torch.float64)
        module = nn.TransformerDecoder(layer, 2, last)
        x = [sequence(TARGET, options), sequence(SOURCE, options)]
        for given in ({}, {"memory_key_padding_mask": SOURCE_PADDING, "tgt_is_causal": True},
                      {"memory_is_causal": True, "tgt_key_padding_mask": TARGET_PADDING}):
            case(book, "TransformerDecoder", module, x, given, how, gradients=not given,
                 **({} if given else printed(module, options)))


def wholes(book: LayerBook) -> None:
    for options in ({}, {"batch_first": True, "norm_first": True, "activation": "gelu", "bias": False}):
        layers = {"num_encoder_layers": 1, "num_decoder_layers": 1}
        module = built(nn.Transformer, options, dtype=torch.float64, **layers)
        x = [sequence(SOURCE, options), sequence(TARGET, options)]
        for given in ({}, {"src_key_padding_mask": SOURCE_PADDING, "tgt_key_padding_mask": TARGET_PADDING,
                           "memory_key_padding_mask": SOURCE_PADDING, "tgt_is_causal": True}):
            case(book, "Transformer", module, x, given, options | layers, gradients=not given,
                 **({} if given else printed(module, options)))
    mask = nn.Transformer.generate_square_subsequent_mask(TARGET).double()
    case(book, "Transformer", module, x, {"src_mask": added(torch.eye(SOURCE).bool()), "tgt_mask": mask,
                                          "memory_mask": torch.zeros(TARGET, SOURCE).bool()}, options | layers,
         gradients=False)


def cases(book: LayerBook) -> None:
    torch.backends.mha.set_fastpath_enabled(False)
    encoder_layers(book)
    decoder_layers(book)
    stacks(book)
    wholes(book)
