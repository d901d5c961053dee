"""Losses of class indices and of sequences of them."""

import itertools
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from layers.layer_book import LayerBook
from layers.loss_cases import ALL, EXTREME, SOME, record
from operations.book import FLOATS, INF, integers, normal


def cross_entropies(book: LayerBook) -> None:
    """Targets are classes (every third the ignored one), and probabilities."""
    weight = torch.tensor([0.5, 2.0, 1.0, 0.25, 3.0]).double()
    variants = [{}, {"weight": weight}, {"label_smoothing": 0.1}, {"ignore_index": 2}, {"ignore_index": -100},
                {"weight": weight, "label_smoothing": 0.1, "ignore_index": 2}]
    for shape, soft, options in itertools.product(((6, 5), (2, 5, 3)), (False, True), variants):
        if (soft and options.keys() == {"ignore_index"}) or (len(shape) > 2 and len(options) in (1, 2)):
            continue
        target = integers(0, 5, *shape[:1], *shape[2:])
        target.view(-1)[::3] = options.get("ignore_index", 1)
        if soft:
            target = torch.softmax(normal(*shape), 1)
            options = {key: value for key, value in options.items() if key != "ignore_index"}
        given = {"given": ["weight"]} if "weight" in options else {}
        constants = [options["weight"]] if given else []
        options = {key: value for key, value in options.items() if key != "weight"}
        record(book, "cross_entropy", F.cross_entropy, 2 * normal(*shape), target, *constants, runs=ALL,
               **given, **options)
    masked = torch.tensor([[0.5, -INF, 1.0], [-INF, -INF, 2.0]]).double()
    for x, target, reduction, options in (
        (EXTREME, [0, 0, 2, 1], "mean", {}), (EXTREME, [1, 2, 0, 2], "none", {}),
        (EXTREME, [0, 0, 2, 1], "mean", {"label_smoothing": 0.1}), (masked, [0, 2], "mean", {}),
        (normal(5), 3, "mean", {}), (normal(1, 3), [2], "sum", {}),
        (normal(2, 3), [-100, -100], "mean", {}), (normal(2, 3), [-100, -100], "sum", {}),
    ):
        record(book, "cross_entropy", F.cross_entropy, x, torch.tensor(target),
               runs=[(dtype, reduction) for dtype in FLOATS], **options)


def classes(book: LayerBook) -> None:
    """Losses of class indices: negative log-likelihood, focal and multi-class margin."""
    weight = torch.tensor([0.5, 2.0, 1.0, 0.25, 3.0]).double()
    for shape in ((4, 5), (2, 5, 3), (2, 5, 2, 3), (1, 5), (5,)):
        x, y = torch.log_softmax(normal(*shape), min(1, len(shape) - 1)), integers(0, 5, *shape[:-1][:1], *shape[2:])
        marked = torch.where(torch.arange(y.numel()).reshape(y.shape) % 2 == 1, -100, y)
        for name, function, options in (("nll_loss", F.nll_loss, {}), ("focal", focal, {"gamma": 1.5})):
            record(book, name, function, x, y, runs=ALL if len(shape) == 2 else SOME)
            record(book, name, function, x, marked, **options)
            record(book, name, function, x, marked, weight, runs=ALL, given=["weight"], **options)
            if y.numel() > 1:
                record(book, name, function, x, y, weight, given=["weight"], ignore_index=int(y.reshape(-1)[0]))
    masked = torch.tensor([[0.5, -INF, 1.0], [-INF, -INF, 2.0]]).double()
    record(book, "nll_loss", F.nll_loss, masked, torch.tensor([0, -100]))
    record(book, "focal", focal, EXTREME, torch.tensor([0, 1, 2, 2]), gamma=0.0)
    for p, margin, shape in itertools.product((1, 2), (1.0, 0.4), ((4, 5), (1, 5), (5,))):
        x, y = normal(*shape), integers(0, 5, *shape[:-1])
        record(book, "multi_margin_loss", F.multi_margin_loss, x, y, runs=ALL if p == 1 else SOME, p=p, margin=margin)
        record(book, "multi_margin_loss", F.multi_margin_loss, x, y, weight, given=["weight"], p=p, margin=margin)


def focal(x: Tensor, y: Tensor, weight: Tensor | None = None, gamma: float = 2, ignore_index: int = -100,
          reduction: str = "mean") -> Tensor:
    """The paper's formula for several classes; the mean as that of the cross-entropy."""
    losses = F.cross_entropy(x, y, ignore_index=ignore_index, reduction="none")
    counted = y != ignore_index
    counts = counted.to(x.dtype) if weight is None else counted * weight[y * counted]
    focused = counts * (1 - torch.exp(-losses)) ** gamma * losses
    return {"mean": focused.sum() / counts.sum(), "sum": focused.sum(), "none": focused}[reduction]


def ctc(logits: Tensor, *others: Tensor, **options: Any) -> Tensor:
    """Of logits: PyTorch's gradient by log-probabilities is meant to pass through a log-softmax."""
    return F.ctc_loss(torch.log_softmax(logits, -1), *others, **options)


def ctcs(book: LayerBook) -> None:
    """Equal neighbours, targets that are empty, that just fit and that don't, and inputs of several lengths."""
    padded, lengths = torch.tensor([[1, 2, 2], [3, 3, 1], [2, 0, 0], [0, 0, 0]]), torch.tensor([3, 2, 1, 0])
    joined = torch.cat([line[:n] for line, n in zip(padded, lengths)])
    for frames in ([6, 6, 6, 6], [4, 3, 5, 2]):
        for targets in (padded, joined):
            record(book, "ctc_loss", ctc, 2 * normal(6, 4, 4), targets, torch.tensor(frames), lengths,
                   runs=ALL)
    record(book, "ctc_loss", ctc, normal(5, 2, 3), torch.tensor([[0, 1], [1, 1]]), torch.tensor([5, 5]),
           torch.tensor([2, 2]), blank=2)
    record(book, "ctc_loss", ctc, normal(5, 3), torch.tensor([1, 2]), torch.tensor(5), torch.tensor(2))
    record(book, "ctc_loss", ctc, normal(1, 1, 3), torch.tensor([[2]]), torch.tensor([1]), torch.tensor([1]))
    short = [normal(3, 4, 4), padded, torch.tensor([3, 2, 0, 0]), lengths]
    record(book, "ctc_loss", ctc, *short, zero_infinity=True)
    record(book, "ctc_loss", ctc, *short, gradients=False)
    for size in (30, 1e4):
        sharp = [size * normal(4, 1, 3), torch.tensor([[1, 2]]), torch.tensor([4]), torch.tensor([2])]
        record(book, "ctc_loss", ctc, *sharp, gradients=size == 30)


def cases(book: LayerBook) -> None:
    cross_entropies(book)
    classes(book)
    ctcs(book)
