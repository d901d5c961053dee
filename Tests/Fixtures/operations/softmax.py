"""Softmax and its relatives."""

import torch

from .book import INF, Book, distinct, normal


def cases(book: Book) -> None:
    for name, function in (("softmax", torch.softmax), ("log_softmax", torch.log_softmax)):
        for shape, dim in (((4,), 0), ((2, 3), 0), ((2, 3), 1), ((2, 3), -1), ((2, 3, 2), 1), ((0, 3), 1), ((3, 0), 0),
                           ((1, 1), 1), ((2, 17), -1)):
            book.case(name, function, [normal(*shape)], dim=dim)
        book.case(name, function, [normal(3, 5, dtype=torch.float32)], dim=1)
        for row in ([1e4, -1e4, 0.0], [1e300, 1e300, -1e300], [-INF, 0.0, 1.0], [INF, 0.0, 1.0], [-INF, -INF, -INF]):
            book.case(name, function, [torch.tensor([row, [0.0, 1.0, 2.0]]).double()], gradients=False, dim=1)
    for shape, dim in (((4,), [0]), ((2, 3), [1]), ((2, 3), [0, 1]), ((2, 3, 2), [0, 2]), ((2, 3, 2), [-2])):
        for keepdim in (False, True):
            book.case("logsumexp", torch.logsumexp, [distinct(*shape)], dim=dim, keepdim=keepdim)
    for row in ([INF, 0.0], [-INF, 0.0], [-INF, -INF], [1e300, -1e300], [1000.0, 1001.0]):
        book.case("logsumexp", torch.logsumexp, [torch.tensor(row).double()], gradients=False, dim=[0])
