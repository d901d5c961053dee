"""Losses of numbers, probabilities and pairs."""

import itertools
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from layers.layer_book import LayerBook
from layers.loss_cases import ALL, EXTREME, NONE, SOME, elementwise, labelled, record, signs
from operations.book import FLOATS, INF, integers, normal, uniform


def regression(book: LayerBook) -> None:
    x, y, far = normal(4, 3), normal(4, 3), EXTREME / 3
    for name, options in (("mse_loss", [{}]), ("l1_loss", [{}]), ("huber_loss", [{}, {"delta": 0.5}, {"delta": 3.0}]),
                          ("smooth_l1_loss", [{}, {"beta": 0.25}, {"beta": 2.5}, {"beta": 0.0}])):
        function = getattr(F, name)
        elementwise(book, name, function, x, y)
        for option in options:
            record(book, name, function, 2 * x, y, **option)
            record(book, name, function, far, far.flip(0), runs=NONE, **option)
        kinks = torch.tensor([0.0, 1.0, -1.0, 0.25, -0.25, 2.0])
        record(book, name, function, kinks.double(), torch.zeros(6), runs=NONE)


def binary(book: LayerBook) -> None:
    p, x, y = uniform(0.05, 0.95, 4, 3), 2 * normal(4, 3), uniform(0, 1, 4, 3)
    weight, column = uniform(0.5, 2, 3), uniform(0.5, 2, 4, 1)
    function, name = F.binary_cross_entropy, "binary_cross_entropy"
    elementwise(book, name, function, p, y)
    record(book, name, function, p, y, weight, given=["weight"])
    record(book, name, function, p, y, column, given=["weight"])
    ends = torch.tensor([0.0, 0.0, 1.0, 1.0, 1e-9, 0.5]).double()
    record(book, name, labelled(function), ends, torch.tensor([0, 1, 0, 1, 1, 1]), runs=NONE)
    function, name = F.binary_cross_entropy_with_logits, "binary_cross_entropy_with_logits"
    elementwise(book, name, function, x, y)
    for given in (["weight"], ["pos_weight"], ["weight", "pos_weight"]):
        constants = {"weight": column, "pos_weight": weight}
        record(book, name, function, x, y, *(constants[key] for key in given), given=given)
    record(book, name, labelled(function), EXTREME, integers(0, 2, 4, 3), runs=ALL)


def likelihood(book: LayerBook) -> None:
    x, y = torch.log_softmax(normal(4, 3), 1), torch.softmax(normal(4, 3), 1)
    elementwise(book, "kl_div", F.kl_div, x, y)
    batch_mean = [(dtype, "batchmean") for dtype in FLOATS]
    for log_target in (False, True):
        record(book, "kl_div", F.kl_div, x, y.log() if log_target else y, runs=[*ALL, *batch_mean],
               log_target=log_target)
    record(book, "kl_div", labelled(F.kl_div), x, torch.eye(4, 3).long(), runs=[*SOME, *batch_mean])
    record(book, "kl_div", F.kl_div, x[0, 0], y[0, 0], runs=batch_mean)
    rate, counts = uniform(0.2, 5, 4, 3), uniform(0.1, 6, 4, 3)
    elementwise(book, "poisson_nll_loss", F.poisson_nll_loss, x, counts)
    for log_input, full, eps in itertools.product((True, False), (True, False), (1e-8, 0.1)):
        options = {"log_input": log_input, "full": full, "eps": eps}
        record(book, "poisson_nll_loss", F.poisson_nll_loss, x if log_input else rate, counts, **options)
    record(book, "poisson_nll_loss", labelled(F.poisson_nll_loss), torch.tensor([0.0, 1.0, 2.0, 0.0]).double(),
           torch.tensor([0, 0, 7, 1]), log_input=False, full=True)
    name, variance = "gaussian_nll_loss", uniform(0.3, 2, 4, 3)
    elementwise(book, name, F.gaussian_nll_loss, x, y, variance)
    for var in (variance, variance[:, 0], variance[:, :1], variance[:1], variance * 1e-6):
        for options in ({"full": True}, {"eps": 0.8}):
            record(book, name, F.gaussian_nll_loss, x, y, var, **options)


def sigmoid_focal(x: Tensor, y: Tensor, alpha: float | None, gamma: float = 2,
                  reduction: str = "none") -> Tensor:
    """As torchvision defines it."""
    p = torch.sigmoid(x)
    losses = F.binary_cross_entropy_with_logits(x, y, reduction="none") * (1 - (p * y + (1 - p) * (1 - y))) ** gamma
    if alpha is not None:
        losses = (alpha * y + (1 - alpha) * (1 - y)) * losses
    return {"mean": losses.mean(), "sum": losses.sum(), "none": losses}[reduction]


def hinge(x: Tensor, y: Tensor, reduction: str) -> Tensor:
    losses = (1 - y * x).clamp(min=0)
    return {"mean": losses.mean(), "sum": losses.sum(), "none": losses}[reduction]


def margins(book: LayerBook) -> None:
    x, y = normal(4, 3), signs(4, 3)
    elementwise(book, "hinge", labelled(hinge), x, y)
    record(book, "hinge", hinge, x, normal(4, 3))
    elementwise(book, "hinge_embedding_loss", labelled(F.hinge_embedding_loss), x, y)
    record(book, "hinge_embedding_loss", labelled(F.hinge_embedding_loss), 2 * x, y, margin=0.3)
    elementwise(book, "soft_margin_loss", labelled(F.soft_margin_loss), 3 * x, y)
    elementwise(book, "margin_ranking_loss", labelled(F.margin_ranking_loss), x, normal(4, 3), y)
    record(book, "margin_ranking_loss", labelled(F.margin_ranking_loss), x, normal(4, 3), y, margin=0.7)
    name, function = "multilabel_soft_margin_loss", F.multilabel_soft_margin_loss
    for shape in ((4, 3), (5,), (1, 3), (2, 3, 2)):
        logits, target = 2 * normal(*shape), uniform(0, 1, *shape)
        record(book, name, function, logits, target, runs=ALL)
        record(book, name, function, logits, target, uniform(0.5, 2, logits.shape[-1]), given=["weight"])
    record(book, name, labelled(function), EXTREME, integers(0, 2, 4, 3))
    lists = torch.tensor([[3, 0, -1, 1], [1, 1, 2, -1], [-1, 0, 0, 0], [2, 3, 0, 1]])
    for logits, target in ((normal(4, 4), lists), (normal(1, 4), lists[:1]), (normal(4), lists[0])):
        record(book, "multilabel_margin_loss", F.multilabel_margin_loss, logits, target, runs=ALL)
    elementwise(book, "sigmoid_focal_loss", sigmoid_focal, 2 * x, uniform(0, 1, 4, 3), alpha=0.25)
    for alpha, gamma in itertools.product((0.25, 0.9, None), (0.0, 0.5, 1.0, 3.5)):
        record(book, "sigmoid_focal_loss", labelled(sigmoid_focal), 2 * x, integers(0, 2, 4, 3), alpha=alpha,
               gamma=gamma)
    record(book, "sigmoid_focal_loss", labelled(sigmoid_focal), EXTREME, integers(0, 2, 4, 3), runs=ALL, alpha=0.25)


def squares(a: Tensor, b: Tensor) -> Tensor:
    return (a - b).square().sum(-1)


def triplet_by_squares(*inputs: Tensor, **options: Any) -> Tensor:
    return F.triplet_margin_with_distance_loss(*inputs, distance_function=squares, **options)


def embeddings(book: LayerBook) -> None:
    for shape in ((4, 3), (1, 3), (3,), (2, 2, 3)):
        inputs = [normal(*shape) for _ in range(3)]
        record(book, "triplet_margin_loss", F.triplet_margin_loss, *inputs, runs=ALL if shape == (4, 3) else SOME)
        record(book, "triplet_margin_with_distance_loss", triplet_by_squares, *inputs, margin=0.5, swap=len(shape) > 1)
    for options in ({"p": 1.0}, {"p": 3.0, "margin": 2.0}, {"p": INF}, {"swap": True}, {"eps": 0.1, "swap": True}):
        inputs = [normal(5, 2) for _ in range(3)]
        record(book, "triplet_margin_loss", F.triplet_margin_loss, *inputs, **options)
    for shape in ((5, 3), (1, 3), (3,)):
        for margin in (0.0, -0.4, 0.4):
            record(book, "cosine_embedding_loss", labelled(F.cosine_embedding_loss), normal(*shape), normal(*shape),
                   signs(*shape[:-1]), runs=ALL if margin == 0 else SOME, margin=margin)
    record(book, "cosine_embedding_loss", labelled(F.cosine_embedding_loss), torch.zeros(2, 3), normal(2, 3), signs(2))


def cases(book: LayerBook) -> None:
    for part in (regression, binary, likelihood, margins, embeddings):
        part(book)
