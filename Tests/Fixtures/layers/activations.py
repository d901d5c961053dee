"""Activation functions as layers, and dropout where nothing is left to chance."""

import torch
from torch import Tensor, nn

from layers.layer_book import LayerBook
from operations.book import FLOATS, INF, NAN, distinct, normal

# By name: the options by PyTorch's names. The functions have cases of their own among the operations.
ACTIVATIONS = {
    "ReLU": [{}], "ReLU6": [{}], "LeakyReLU": [{}, {"negative_slope": 0.3}],
    "Threshold": [{"threshold": 0.1, "value": 20.0}], "ELU": [{}, {"alpha": 0.7}], "SELU": [{}],
    "CELU": [{}, {"alpha": 2.0}], "Softplus": [{}, {"beta": 2.0, "threshold": 1.0}],
    "Sigmoid": [{}], "LogSigmoid": [{}], "Tanh": [{}], "Tanhshrink": [{}], "Softsign": [{}], "SiLU": [{}], "Mish": [{}],
    "GELU": [{}, {"approximate": "tanh"}], "Hardtanh": [{}, {"min_val": -0.6, "max_val": 2.0}], "Hardswish": [{}],
    "Hardshrink": [{}, {"lambd": 0.2}], "Softshrink": [{}, {"lambd": 0.2}],
}
EXTREMES = torch.tensor([0.0, -1.0, 2.5, 30.0, -30.0, 100.0, -100.0, 1e4, -1e4, INF, -INF, 5e-324]).double()
LOGITS = torch.tensor([[1e4, -1e4, 0.0, 1.0], [-1e4, -1e4, -1e4, -1e4], [1e4, 1e4, -1e4, 9999.0]]).double()


class Hardsigmoid(nn.Hardsigmoid):
    """PyTorch's own takes the derivative with 1/6 in float32."""

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.relu6(x + 3) / 6


def elementwise(book: LayerBook) -> None:
    for name, variants in ACTIVATIONS.items():
        for options in variants:
            module = getattr(nn, name)(**options)
            for shape in ((3, 4), (), (2, 0, 3)):
                book.layer(name, module, [distinct(*shape)], repr=repr(module), **options)
            book.layer(name, module, [normal(5, dtype=torch.float32)], **options)
    for dtype in FLOATS:
        book.layer("Hardsigmoid", Hardsigmoid(), [distinct(3, 4, dtype=dtype)], repr="Hardsigmoid()")
    for name in ("Sigmoid", "Tanh", "ReLU"):
        for x in (EXTREMES, torch.tensor([NAN, 1.0]).double()):
            book.layer(name, getattr(nn, name)(), [x])


def along_axes(book: LayerBook) -> None:
    for name in ("Softmax", "LogSoftmax", "Softmin"):
        for dim in (0, 1, -1):
            module = getattr(nn, name)(dim)
            for x in (2 * normal(3, 4, 5), normal(2, 3, dtype=torch.float32)):
                book.layer(name, module, [x], repr=repr(module), dim=dim)
        for dim in (0, -1):
            book.layer(name, getattr(nn, name)(dim), [LOGITS], dim=dim)
    for shape in ((2, 3, 2, 2), (3, 2, 4)):
        book.layer("Softmax2d", nn.Softmax2d(), [normal(*shape)], repr="Softmax2d()")
    for shape, dim in (((2, 4), -1), ((4, 3), 0), ((2, 6, 2), 1), ((0, 2), 1)):
        book.layer("GLU", nn.GLU(dim), [normal(*shape)], repr=repr(nn.GLU(dim)), dim=dim)


def random(book: LayerBook) -> None:
    """Those that draw numbers: in evaluation, or where the draw has one outcome."""
    for train, lower, upper in ((False, 0.125, 1 / 3), (False, -0.5, 1.5), (True, 0.25, 0.25)):
        module = nn.RReLU(lower, upper)
        book.layer("RReLU", module, [distinct(3, 4)], train=train, repr=repr(module), lower=lower, upper=upper)
    for name, shapes in (("Dropout", ((4, 5), ())), ("Dropout1d", ((2, 3, 4), (3, 4))),
                         ("Dropout2d", ((2, 3, 2, 2), (2, 3, 2))), ("Dropout3d", ((1, 3, 2, 1, 2), (3, 2, 1, 2))),
                         ("AlphaDropout", ((4, 5), ())), ("FeatureAlphaDropout", ((2, 3, 4),))):
        for p, train in ((0.5, False), (0.0, True), (1.0, True)):
            module = getattr(nn, name)(p)
            for shape in shapes:
                book.layer(name, module, [normal(*shape)], train=train, repr=repr(module), p=p)


def prelu(book: LayerBook) -> None:
    for dtype in FLOATS:
        for count, shape in ((1, (4,)), (3, (2, 3)), (1, (2, 3)), (3, (2, 3, 2)), (3, (0, 3)), (3, (2, 3, 2, 2))):
            module = nn.PReLU(count, init=0.3, dtype=dtype)
            nn.init.normal_(module.weight)
            book.layer("PReLU", module, [distinct(*shape, dtype=dtype)], repr=repr(module), num_parameters=count)


def cases(book: LayerBook) -> None:
    elementwise(book)
    along_axes(book)
    random(book)
    prelu(book)
