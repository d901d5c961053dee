"""Activations, elementwise but for glu."""

import torch
import torch.nn.functional as F

from .book import INF, NAN, Book, distinct, normal, uniform
from .elementwise import FAR

# By name: function, argument variants, and the points where the pieces meet.
ACTIVATIONS = {
    "tanh": (torch.tanh, [{}], []),
    "sigmoid": (torch.sigmoid, [{}], []),
    "relu": (F.relu, [{}], [0.0]),
    "silu": (F.silu, [{}], []),
    "gelu": (F.gelu, [{"approximate": "none"}, {"approximate": "tanh"}], []),
    "softplus": (F.softplus, [{}, {"beta": 2.0}, {"beta": 0.5, "threshold": 1.0}], []),
    "logsigmoid": (F.logsigmoid, [{}], []),
    "softsign": (F.softsign, [{}], []),
    "hardtanh": (F.hardtanh, [{}, {"min_val": -0.6, "max_val": 2.0}], [-1.0, 1.0]),
    "relu6": (F.relu6, [{}], [0.0, 6.0]),
    # PyTorch's own takes the derivative with 1/6 in float32.
    "hardsigmoid": (lambda x: F.relu6(x + 3) / 6, [{}], [-3.0, 3.0]),
    "hardswish": (F.hardswish, [{}], [-4.0, 4.0]),
    "leaky_relu": (F.leaky_relu, [{}, {"negative_slope": 0.3}], [0.0]),
    "elu": (F.elu, [{}, {"alpha": 0.7}], [0.0]),
    "selu": (F.selu, [{}], [0.0]),
    "celu": (F.celu, [{}, {"alpha": 2.0}], [0.0]),
    "mish": (F.mish, [{}], []),
    "softshrink": (F.softshrink, [{}, {"lambd": 0.2}], [-0.5, 0.5]),
    "hardshrink": (F.hardshrink, [{}, {"lambd": 0.2}], [-0.5, 0.5]),
    "tanhshrink": (F.tanhshrink, [{}], []),
    "threshold": (F.threshold, [{"threshold": 0.1, "value": 20.0}, {"threshold": -1.0, "value": 0.0}], [0.1]),
}


def cases(book: Book) -> None:
    for name, (function, variants, kinks) in ACTIVATIONS.items():
        for arguments in variants:
            for shape in ((5,), (), (0,), (2, 3), (2, 1, 2)):
                book.case(name, function, [distinct(*shape)], **arguments)
            book.case(name, function, [uniform(-3, 3, 4, dtype=torch.float32)], **arguments)
            far = torch.tensor([-30.0, -8.0, -3.5, -0.7, 0.7, 3.5, 8.0, 30.0]).double()
            book.case(name, function, [far], **arguments)
            for dtype, values in FAR.items():
                # These two are 0 at -inf, their limit; PyTorch's are NaN.
                if name in ("gelu", "silu"):
                    values = [0.0 if value == -INF else value for value in values]
                book.case(name, function, [torch.tensor(values, dtype=dtype)], gradients=False, **arguments)
        if kinks:
            book.case(name, function, [torch.tensor(kinks).double()], second=False, **variants[0])
    for shape, channels in (((4,), 1), ((), 1), ((2, 3), 3), ((2, 3), 1), ((2, 3, 2), 3), ((2, 3, 2, 2), 3),
                            ((2, 1, 2), 1), ((0, 3), 3), ((2, 0), 1)):
        book.case("prelu", F.prelu, [distinct(*shape), normal(channels)])
    book.case("prelu", F.prelu, [torch.tensor([0.0, -INF, INF, NAN, -1.0]).double(), torch.tensor([0.25]).double()],
              gradients=False)
    book.case("prelu", F.prelu, [uniform(-1, 1, 2, 3, dtype=torch.float32), normal(3, dtype=torch.float32)])
    for shape, dim in (((4,), 0), ((2, 4), 1), ((2, 4), -1), ((4, 3), 0), ((2, 6, 2), 1), ((2, 0), 1), ((0, 2), 1)):
        book.case("glu", F.glu, [normal(*shape)], dim=dim)
    book.case("glu", F.glu, [normal(2, 4, dtype=torch.float32)], dim=-1)
    book.case("glu", F.glu, [torch.tensor([1.0, 2.0, -1e3, 1e3]).double()], dim=0)
