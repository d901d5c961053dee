"""Random operations where their parameters leave nothing to chance: shapes, dtypes, broadcasting, gradients."""

import torch
from torch.nn import functional as F

from .book import Book, integers, normal


def cases(book: Book) -> None:
    for shape in ((), (5,), (2, 3), (0,), (2, 1, 3)):
        for dtype in (torch.float64, torch.float32):
            bits = integers(0, 2, *shape).to(dtype)
            book.case("bernoulli", torch.bernoulli, [bits], gradients=False)
            book.case("poisson", torch.poisson, [torch.zeros(shape, dtype=dtype)], gradients=False)
            for p, training in ((0.0, True), (1.0, True), (0.5, False)):
                book.case("dropout", F.dropout, [normal(*shape, dtype=dtype)], p=p, training=training)
            book.case("binomial", torch.binomial, [integers(0, 9, *shape).to(dtype), bits], gradients=False)
            book.case("rand_like", lambda x: torch.rand_like(x) * 0, [bits], gradients=False)
            book.case("randn_like", lambda x: torch.randn_like(x) * 0, [bits], gradients=False)
            book.case("randint_like", torch.randint_like, [bits], gradients=False, low=3, high=4)
    for mean, std in (((2, 3), (2, 3)), ((2, 1), (3,)), ((3,), (2, 3)), ((), (2,)), ((0, 2), (2,))):
        for types in ((torch.float64,) * 2, (torch.float32,) * 2):
            inputs = [normal(*mean, dtype=types[0]), torch.zeros(std, dtype=types[1])]
            book.case("normal", torch.normal, inputs, gradients=False)
    for weights in ([0, 0, 2], [[1, 0], [0, 3], [0.5, 0]], [[1e-30]]):
        for dtype in (torch.float64, torch.float32):
            rows = torch.tensor(weights, dtype=dtype)
            book.case("multinomial", torch.multinomial, [rows], gradients=False, num_samples=1)
            book.case("multinomial", torch.multinomial, [rows], gradients=False, num_samples=3, replacement=True)
    book.case("randperm", torch.randperm, [], n=0)
    book.case("randperm", torch.randperm, [], n=1)
