"""Positional encodings, by complex numbers e^{iθ}. PyTorch has none."""

import torch
from torch import Tensor, nn

from layers.layer_book import LayerBook
from operations.book import FLOATS, normal


def turns(length: int, features: int, offset: int, base: float) -> Tensor:
    """e^{iθ} with θ = position / base^(2i/features): [length, ceil(features/2)], float64."""
    frequencies = base ** -(torch.arange(0, features, 2).double() / features)
    angles = torch.arange(offset, offset + length).double()[:, None] * frequencies
    return torch.polar(torch.ones_like(angles), angles)


class Sinusoidal(nn.Module):
    def __init__(self, base: float, batch_first: bool) -> None:
        super().__init__()
        self.base, self.batch_first = base, batch_first

    def forward(self, x: Tensor, offset: int) -> Tensor:
        length, features = x.shape[1 if self.batch_first and x.ndim == 3 else 0], x.shape[-1]
        code = torch.view_as_real(turns(length, features, offset, self.base)).flip(-1).flatten(1)[:, :features]
        return x + (code[:, None] if x.ndim == 3 and not self.batch_first else code)


class Learned(nn.Module):
    def __init__(self, length: int, features: int, batch_first: bool, dtype: torch.dtype) -> None:
        super().__init__()
        self.weight, self.batch_first = nn.Parameter(normal(length, features, dtype=dtype)), batch_first

    def forward(self, x: Tensor, offset: int) -> Tensor:
        length = x.shape[1 if self.batch_first and x.ndim == 3 else 0]
        code = self.weight[offset:offset + length]
        return x + (code[:, None] if x.ndim == 3 and not self.batch_first else code)


class Rotary(nn.Module):
    def __init__(self, dim: int, base: float, pairing: str) -> None:
        super().__init__()
        self.dim, self.base, self.pairing = dim, base, pairing

    def turned(self, x: Tensor, offset: int) -> Tensor:
        z, rest = x[..., :self.dim], x[..., self.dim:]
        turn = turns(x.shape[-2], self.dim, offset, self.base)
        if self.pairing == "interleaved":
            z = torch.view_as_real(torch.complex(z[..., 0::2], z[..., 1::2]) * turn).flatten(-2)
        else:
            z = torch.complex(*z.chunk(2, -1)) * turn
            z = torch.cat([z.real, z.imag], -1)
        return torch.cat([z, rest], -1)

    def forward(self, query: Tensor, key: Tensor, offset: int) -> tuple[Tensor, Tensor]:
        return self.turned(query, offset), self.turned(key, offset)


def cases(book: LayerBook) -> None:
    for dtype in FLOATS:
        for shape, batch_first, offset, base in (((3, 2, 6), False, 0, 1e4), ((2, 3, 5), True, 0, 1e4),
                                                 ((4, 6), False, 0, 1e4), ((2, 3, 4), True, 40, 100.0),
                                                 ((3, 2, 4), False, 2, 1e4), ((0, 2, 4), False, 3, 1e4)):
            x, arguments = normal(*shape, dtype=dtype), {"batch_first": batch_first, "offset": offset}
            def call(module: nn.Module, x: Tensor, offset: int = offset) -> Tensor:
                return module(x, offset)

            book.layer("SinusoidalPositionalEncoding", Sinusoidal(base, batch_first), [x], call=call, base=base,
                       d_model=shape[-1], **arguments)
            if offset < 5:
                book.layer("LearnedPositionalEncoding", Learned(6, shape[-1], batch_first, dtype), [x], call=call,
                           max_length=6, d_model=shape[-1], **arguments)
        for pairing in ("interleaved", "halves"):
            for shape, dim, offset, base in (((3, 4), 4, 0, 1e4), ((2, 2, 3, 6), 6, 5, 500.0), ((2, 3, 6), 4, 0, 1e4),
                                             ((2, 0, 2), 2, 1, 1e4)):
                def turn(module: nn.Module, query: Tensor, key: Tensor, offset: int = offset) -> tuple[Tensor, Tensor]:
                    return module(query, key, offset)

                pair = [normal(*shape, dtype=dtype), normal(*shape, dtype=dtype)]
                book.layer("RotaryEmbedding", Rotary(dim, base, pairing), pair, call=turn, dim=dim, base=base,
                           pairing=pairing, offset=offset)
