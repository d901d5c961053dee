"""Normalisations over the batch, over samples, groups and trailing axes, in training and in evaluation."""

from typing import Any

from torch import nn

from layers.layer_book import LayerBook
from layers.printed import printed, varied
from operations.book import FLOATS, normal


def both_modes(book: LayerBook, kind: type[nn.Module], shape: tuple[int, ...], features: int, *, train: bool = True,
               **options: Any) -> None:
    """In training unless `train` is false, and in evaluation."""
    for dtype in FLOATS:
        module = varied(kind(features, dtype=dtype, **options))
        for mode in (True, False) if train else (False,):
            printed(book, module, [normal(*shape, dtype=dtype)], train=mode, num_features=features, **options)


def batch(book: LayerBook) -> None:
    variants = ({}, {"eps": 0.1, "momentum": 0.7}, {"momentum": None}, {"affine": False},
                {"track_running_stats": False}, {"bias": False})
    for kind, shapes in ((nn.BatchNorm1d, ((4, 3), (2, 3, 5))), (nn.BatchNorm2d, ((2, 2, 3, 2), (1, 3, 2, 3))),
                         (nn.BatchNorm3d, ((2, 2, 2, 1, 3), (1, 2, 2, 3, 2)))):
        for i, options in enumerate(variants):
            shape = shapes[i % 2]
            both_modes(book, kind, shape, shape[1], **options)
        both_modes(book, kind, (0, *shapes[1][1:]), shapes[1][1], train=False)


def instance(book: LayerBook) -> None:
    variants = ({}, {"affine": True}, {"affine": True, "track_running_stats": True, "momentum": 0.3},
                {"track_running_stats": True, "eps": 0.1}, {"affine": True, "bias": False})
    for kind, shapes in ((nn.InstanceNorm1d, ((2, 3, 5), (3, 4))), (nn.InstanceNorm2d, ((2, 2, 3, 2), (3, 2, 3))),
                         (nn.InstanceNorm3d, ((2, 2, 2, 1, 3), (2, 2, 3, 2)))):
        for i, options in enumerate(variants):
            shape = shapes[i % 2]
            both_modes(book, kind, shape, shape[-len(shapes[1])], **options)
        both_modes(book, kind, (1, *shapes[0][1:]), shapes[0][1], track_running_stats=True)


def trailing(book: LayerBook) -> None:
    for shape, normalized, options in (
        ((2, 5), [5], {}), ((2, 2, 3), [2, 3], {"eps": 0.1}), ((4,), [4], {"bias": False}),
        ((3, 7), [7], {"elementwise_affine": False}), ((0, 3), [3], {}), ((1, 2, 17), [17], {}),
    ):
        for dtype in FLOATS:
            module = varied(nn.LayerNorm(normalized, dtype=dtype, **options))
            printed(book, module, [normal(*shape, dtype=dtype)], normalized_shape=normalized, **options)
            options = {key: value for key, value in options.items() if key != "bias"}
            module = varied(nn.RMSNorm(normalized, dtype=dtype, **options))
            printed(book, module, [normal(*shape, dtype=dtype)], normalized_shape=normalized, **options)


def groups(book: LayerBook) -> None:
    for shape, count, options in (((2, 6), 2, {}), ((3, 4, 3), 2, {"eps": 0.1}), ((1, 6, 2, 3), 3, {}),
                                  ((2, 3, 5), 1, {"affine": False}), ((2, 3, 2, 1, 2), 3, {"bias": False}),
                                  ((0, 4, 2), 2, {})):
        for dtype in FLOATS:
            module = varied(nn.GroupNorm(count, shape[1], dtype=dtype, **options))
            printed(book, module, [normal(*shape, dtype=dtype)], num_groups=count, num_channels=shape[1], **options)


def neighbours(book: LayerBook) -> None:
    for shape, size, options in (((2, 3, 4), 1, {}), ((1, 5, 2), 3, {"alpha": 2.0, "beta": 1.5, "k": 0.5}),
                                 ((2, 4, 2, 3), 2, {"alpha": 1.0}), ((1, 3, 2, 1, 2), 5, {}), ((0, 3, 2), 2, {})):
        for dtype in FLOATS:
            printed(book, nn.LocalResponseNorm(size, **options), [normal(*shape, dtype=dtype)], size=size, **options)


def cases(book: LayerBook) -> None:
    batch(book)
    instance(book)
    trailing(book)
    groups(book)
    neighbours(book)
