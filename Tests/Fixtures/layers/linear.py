"""Layers of matrix products, and those that only change shapes."""

from collections import OrderedDict

import torch
from torch import nn

from layers.layer_book import LayerBook
from operations.book import FLOATS, normal


def linear(book: LayerBook) -> None:
    for dtype in FLOATS:
        for shape in ((4, 5), (5,), (2, 3, 5), (0, 5)):
            for bias in (True, False):
                module = nn.Linear(5, 3, bias=bias, dtype=dtype)
                book.layer("Linear", module, [normal(*shape, dtype=dtype)], in_features=5, out_features=3, bias=bias)


def flatten(book: LayerBook) -> None:
    cube = (2, 3, 2, 4)
    for shape, start, end in ((cube, 1, -1), (cube, 0, -1), (cube, 1, 2), (cube, 0, 1), (cube, -2, -1), (cube, 2, 2),
                              ((), 0, -1)):
        book.layer("Flatten", nn.Flatten(start, end), [normal(*shape)], start_dim=start, end_dim=end)


def containers(book: LayerBook) -> None:
    for dtype in FLOATS:
        x = normal(2, 5, dtype=dtype)
        book.layer("LazyLinear", nn.Linear(5, 3, dtype=dtype), [x], out_features=3)
        dense = nn.Sequential(OrderedDict(linear=nn.Linear(5, 3, dtype=dtype), activation=nn.Tanh()))
        book.layer("Dense", dense, [x], units=3)
        layers = nn.Linear(5, 4, dtype=dtype), nn.Tanh(), nn.Linear(4, 3, dtype=dtype)
        book.layer("Sequential", nn.Sequential(*layers), [x])


def unflatten(book: LayerBook) -> None:
    for shape, dim, sizes in (((2, 6), 1, [2, 3]), ((6, 2), 0, [-1, 3]), ((2, 3, 4), -2, [3]), ((0, 4), 1, [2, 1, 2])):
        # PyTorch prints what it was given; a tuple is what its documentation gives.
        module = nn.Unflatten(dim, tuple(sizes))
        book.layer("Unflatten", module, [normal(*shape)], repr=repr(module), dim=dim, unflattened_size=sizes)


def identity(book: LayerBook) -> None:
    for shape in ((2, 3), (), (0, 2)):
        book.layer("Identity", nn.Identity(), [normal(*shape)], repr="Identity()")


def bilinear(book: LayerBook) -> None:
    for dtype in FLOATS:
        for shape in ((4,), (), (2, 3), (0,)):
            for bias in (True, False):
                module = nn.Bilinear(2, 3, 5, bias=bias, dtype=dtype)
                book.layer("Bilinear", module, [normal(*shape, 2, dtype=dtype), normal(*shape, 3, dtype=dtype)],
                           repr=repr(module), in1_features=2, in2_features=3, out_features=5, bias=bias)


def distances(book: LayerBook) -> None:
    for dtype in FLOATS:
        for first, second, dim in (((2, 3), (2, 3), 1), ((4, 2, 3), (4, 2, 3), 0), ((2, 3, 2), (3, 2), 1),
                                   ((3,), (3,), -1)):
            pair = [normal(*first, dtype=dtype), normal(*second, dtype=dtype)]
            book.layer("CosineSimilarity", nn.CosineSimilarity(dim=dim), pair, repr="CosineSimilarity()", dim=dim)
        for p in (1.0, 2.0, 3.0, float("inf")):
            for keepdim in (False, True):
                pair = [normal(4, 3, dtype=dtype), normal(4, 3, dtype=dtype)]
                book.layer("PairwiseDistance", nn.PairwiseDistance(p, keepdim=keepdim), pair, repr="PairwiseDistance()",
                           p=p, keepdim=keepdim)
    # Below eps, the norm does not count; equal vectors are eps apart.
    tiny = [torch.tensor([[0.0, 0.0], [3e-10, 4e-10]]).double(), torch.tensor([[1.0, 2.0], [1.0, 0.5]]).double()]
    book.layer("CosineSimilarity", nn.CosineSimilarity(), tiny, dim=1, gradients=False)
    book.layer("PairwiseDistance", nn.PairwiseDistance(), [tiny[0], tiny[0]], p=2.0, keepdim=False)
    book.layer("PairwiseDistance", nn.PairwiseDistance(), [normal(3), normal(2, 3)], p=2.0, keepdim=False)


def cases(book: LayerBook) -> None:
    linear(book)
    flatten(book)
    containers(book)
    unflatten(book)
    identity(book)
    bilinear(book)
    distances(book)
