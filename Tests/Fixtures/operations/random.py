"""Random operations where nothing is left to chance, or else times 0: shapes, dtypes, broadcasting, gradients."""

import torch
from torch import distributions as D
from torch.nn import functional as F

from .book import Book, integers, normal

# Numbers for a shape, of a distribution for which there is no certain one.
DRAWS = {
    "rand": torch.rand_like, "randn": torch.randn_like, "exponential": lambda x: x.exponential_(3.0),
    "cauchy": lambda x: x.cauchy_(1, 2), "log_normal": lambda x: x.log_normal_(1, 0.5),
    "geometric": lambda x: x.geometric_(0.3), "laplace": lambda x: D.Laplace(x, x + 1).sample(),
    "trunc_normal": torch.nn.init.trunc_normal_, "gamma": lambda x: D.Gamma(x + 2, x + 3).sample(),
    "beta": lambda x: D.Beta(x + 2, x + 3).sample(),
}


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
            book.case("categorical", lambda rows: D.Categorical(rows).sample(), [rows], gradients=False)
    for shape in ((), (5,), (2, 3), (0,), (2, 0, 3)):
        for dtype in ("float64", "float32"):
            blank = torch.zeros(shape, dtype=getattr(torch, dtype))
            for name, draw in DRAWS.items():
                if name == "beta" and 0 in shape:
                    continue  # PyTorch's fails.
                book.case(name, lambda shape, dtype: draw(blank.clone()) * 0, [], shape=shape, dtype=dtype)
            book.case("uniform", lambda shape, dtype: blank.clone().uniform_(2, 2), [], shape=shape, dtype=dtype)
            if shape and 0 not in shape:
                book.case("dirichlet", lambda a: D.Dirichlet(a).sample(), [blank.unsqueeze(-1) + 3], gradients=False)
        book.case("randint", lambda shape: torch.randint(3, 4, shape), [], shape=shape)
    book.case("randperm", torch.randperm, [], n=0)
    book.case("randperm", torch.randperm, [], n=1)
