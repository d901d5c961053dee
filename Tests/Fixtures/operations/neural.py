"""Linear maps, convolutions, poolings, normalisations, attention, lookups."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from .book import INF, NAN, Book, distinct, integers, normal

FLOAT32 = torch.float32


def cases(book: Book) -> None:
    linear(book)
    convolutions(book)
    transposed_convolutions(book)
    max_poolings(book)
    average_poolings(book)
    adaptive_poolings(book)
    normalizations(book)
    attention(book)
    embedding(book)


def linear(book: Book) -> None:
    for x, w in (((3,), (2, 3)), ((2, 3), (4, 3)), ((2, 1, 3), (2, 3)), ((1, 1), (1, 1)), ((0, 3), (2, 3)),
                 ((2, 0), (3, 0)), ((2, 3), (0, 3)), ((17, 2), (3, 2))):
        book.case("linear", F.linear, [normal(*x), normal(*w)])
        book.case("linear", F.linear, [normal(*x), normal(*w), normal(w[0])])
    book.case("linear", F.linear, [normal(2, 3, dtype=FLOAT32), normal(4, 3, dtype=FLOAT32), normal(4, dtype=FLOAT32)])
    book.case("linear", F.linear, [torch.tensor([[1.0, INF], [NAN, 0.0]]).double(), normal(2, 2)], gradients=False)


def both(book: Book, name: str, shapes: Sequence[tuple[int, ...]], channels: int, **options: Any) -> None:
    """A convolution without a bias and with one of so many channels."""
    mode = options.pop("mode", None)
    function = getattr(F, name)
    if mode:
        options["mode"] = mode
        function = lambda *x, mode, **rest: getattr(F, name)(*x, padding=mode, **rest)
    x, w = (normal(*shape) for shape in shapes)
    book.case(name, function, [x, w], **options)
    book.case(name, function, [x, w, normal(channels)], **options)


def convolutions(book: Book) -> None:
    for x, w, options in (
        ((2, 2, 5), (3, 2, 3), {}), ((2, 6), (2, 2, 3), {"padding": 1}), ((1, 2, 7), (2, 2, 3), {"stride": 2}),
        ((1, 2, 8), (2, 2, 3), {"stride": 2, "padding": 3, "dilation": 2}), ((1, 4, 5), (4, 2, 2), {"groups": 2}),
        ((2, 3, 4), (6, 1, 3), {"groups": 3, "padding": 1}), ((1, 1, 3), (1, 1, 3), {}), ((1, 3, 4), (2, 3, 1), {}),
        ((2, 2, 6), (2, 2, 4), {"mode": "same"}), ((1, 2, 5), (2, 2, 2), {"mode": "valid", "dilation": 3}),
        ((0, 2, 5), (3, 2, 3), {}), ((1, 1, 40), (1, 1, 3), {"padding": 1}),
    ):
        both(book, "conv1d", (x, w), w[0], **options)
    for x, w, options in (
        ((1, 2, 4, 3), (3, 2, 3, 2), {}), ((2, 1, 3, 4), (2, 1, 2, 3), {"stride": [2, 1], "padding": [1, 2]}),
        ((2, 4, 5), (2, 2, 2, 3), {"mode": "same", "dilation": [1, 2]}),
        ((1, 2, 3, 3), (4, 1, 3, 3), {"padding": 1, "groups": 2}),
        ((1, 2, 3, 2), (3, 2, 1, 1), {}), ((1, 2, 5, 5), (1, 2, 2, 2), {"stride": 3, "dilation": 2}),
        ((1, 1, 2, 2), (1, 1, 2, 2), {"padding": 2}), ((1, 1, 3, 3), (1, 1, 2, 2), {"mode": "valid"}),
        ((0, 1, 3, 3), (2, 1, 2, 2), {}),
    ):
        both(book, "conv2d", (x, w), w[0], **options)
    # Wider and with more channels than a tile of the kernels.
    both(book, "conv2d", ((1, 3, 4, 18), (17, 3, 3, 3)), 17, padding=1)
    for x, w, options in (
        ((1, 2, 2, 3, 2), (2, 2, 2, 2, 2), {}),
        ((1, 1, 3, 3, 3), (2, 1, 2, 3, 2), {"stride": [1, 2, 1], "padding": [1, 0, 1]}),
        ((2, 2, 2, 3), (2, 1, 1, 2, 3), {"padding": [0, 1, 1], "groups": 2}),
        ((1, 1, 3, 2, 3), (1, 1, 2, 1, 2), {"dilation": [2, 1, 2]}),
        ((1, 1, 2, 2, 3), (1, 1, 2, 1, 2), {"mode": "same"}),
    ):
        both(book, "conv3d", (x, w), w[0], **options)
    for axes, name in enumerate(("conv1d", "conv2d", "conv3d"), 1):
        book.case(name, getattr(F, name), [normal(1, 2, *[3] * axes, dtype=FLOAT32),
                                           normal(2, 2, *[2] * axes, dtype=FLOAT32), normal(2, dtype=FLOAT32)])


def transposed_convolutions(book: Book) -> None:
    for x, w, options in (
        ((2, 2, 4), (2, 3, 3), {}), ((2, 4), (2, 2, 3), {"stride": 2, "padding": 1, "output_padding": 1}),
        ((1, 4, 3), (4, 1, 3), {"groups": 2, "stride": 3, "padding": 1, "output_padding": 2}),
        ((1, 2, 3), (2, 1, 2), {"dilation": 3}),
        ((1, 2, 3), (2, 1, 2), {"dilation": 3, "stride": 2, "output_padding": 2}),
        ((1, 1, 1), (1, 1, 1), {}), ((0, 2, 3), (2, 1, 2), {}),
    ):
        both(book, "conv_transpose1d", (x, w), w[1] * options.get("groups", 1), **options)
    for x, w, options in (
        ((1, 2, 2, 3), (2, 2, 3, 2), {}), ((2, 2, 2, 2), (2, 1, 2, 2), {"stride": 2}),
        ((1, 2, 3, 2), (2, 2, 3, 2), {"stride": [2, 1], "padding": [1, 0], "output_padding": [1, 0], "dilation": [1,
                                      2]}),
        ((2, 2, 3), (2, 1, 2, 2), {"groups": 2}), ((1, 1, 3, 3), (1, 1, 3, 3), {"padding": 1}),
    ):
        both(book, "conv_transpose2d", (x, w), w[1] * options.get("groups", 1), **options)
    for x, w, options in (
        ((1, 2, 2, 2, 2), (2, 1, 2, 2, 2), {}), ((1, 1, 2, 1, 2), (1, 2, 1, 2, 2), {"stride": [1, 2, 2]}),
        ((2, 2, 2, 1), (2, 1, 2, 1, 2), {"groups": 2, "padding": [1, 0, 0], "stride": 2, "output_padding": [1, 0, 1]}),
    ):
        both(book, "conv_transpose3d", (x, w), w[1] * options.get("groups", 1), **options)
    for axes in (1, 2, 3):
        name = f"conv_transpose{axes}d"
        book.case(name, getattr(F, name), [normal(1, 2, *[2] * axes, dtype=FLOAT32),
                                           normal(2, 1, *[2] * axes, dtype=FLOAT32), normal(1, dtype=FLOAT32)],
                      stride=2)


def max_poolings(book: Book) -> None:
    for name, variants in {
        "max_pool1d": (((2, 2, 6), {"kernel_size": 2}), ((2, 7), {"kernel_size": 3, "stride": 2, "padding": 1}),
                       ((1, 2, 8), {"kernel_size": 3, "stride": 2, "ceil_mode": True}),
                       ((1, 1, 9), {"kernel_size": 3, "stride": 1, "dilation": 2}), ((1, 1, 5), {"kernel_size": 5}),
                       ((1, 1, 5), {"kernel_size": 1, "stride": 2}), ((1, 2, 40), {"kernel_size": 2, "stride": 2})),
        "max_pool2d": (((1, 2, 4, 4), {"kernel_size": 2}),
                       ((2, 4, 5), {"kernel_size": [2, 3], "stride": [2, 1], "padding": [1, 1]}),
                       ((1, 1, 5, 5), {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True}),
                       ((1, 1, 5, 6), {"kernel_size": 2, "stride": 1, "dilation": [2, 3]}),
                       ((2, 1, 3, 3), {"kernel_size": 2, "stride": 1}),
                       ((1, 1, 4, 5), {"kernel_size": 2, "stride": 3, "ceil_mode": True})),
        "max_pool3d": (((1, 1, 2, 4, 4), {"kernel_size": 2}),
                       ((2, 3, 3, 2), {"kernel_size": [2, 3, 1], "stride": 1, "padding": [0, 1, 0]}),
                       ((1, 1, 3, 3, 3), {"kernel_size": 2, "stride": 2, "ceil_mode": True}),
                       ((1, 1, 3, 3, 4), {"kernel_size": 2, "stride": 1, "dilation": [2, 1, 3]})),
    }.items():
        function = getattr(F, name)
        for shape, options in variants:
            book.case(name, function, [distinct(*shape)], **options)
        shape, options = variants[0]
        book.case(name, function, [distinct(*shape, dtype=FLOAT32)], **options)
        # Equal elements: the first one is it.
        book.case(name, function, [integers(0, 2, *shape).double()], **options)
        rough = distinct(*shape)
        rough.view(-1)[:4] = torch.tensor([NAN, INF, -INF, -INF]).double()
        book.case(name, function, [rough], gradients=False, **options)
        book.case(name, function, [torch.full(shape, -INF).double()], gradients=False, **options)


def average_poolings(book: Book) -> None:
    for name, variants in {
        "avg_pool1d": (((2, 2, 6), {"kernel_size": 2}), ((2, 7), {"kernel_size": 3, "stride": 2, "padding": 1}),
                       ((2, 7), {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False}),
                       ((1, 2, 8), {"kernel_size": 3, "stride": 2, "ceil_mode": True}), ((1, 1, 5), {"kernel_size": 5}),
                       ((1, 1, 6), {"kernel_size": 4, "stride": 3, "padding": 2, "ceil_mode": True})),
        "avg_pool2d": (((1, 2, 4, 4), {"kernel_size": 2}),
                       ((2, 4, 5), {"kernel_size": [2, 3], "stride": [2, 1], "padding": [1, 1]}),
                       ((1, 1, 5, 5), {"kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True}),
                       ((1, 1, 5, 5), {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False}),
                       ((1, 1, 6, 5), {"kernel_size": [3, 2], "stride": 2, "padding": 1, "ceil_mode": True,
                                       "count_include_pad": False})),
        "avg_pool3d": (((1, 1, 2, 4, 4), {"kernel_size": 2}),
                       ((2, 3, 3, 2), {"kernel_size": [2, 3, 1], "stride": 1, "padding": [0, 1, 0]}),
                       ((1, 1, 3, 3, 3), {"kernel_size": 2, "stride": 2, "padding": 1, "ceil_mode": True,
                                          "count_include_pad": False}),
                       ((1, 1, 3, 3, 4), {"kernel_size": [2, 2, 3], "stride": 2, "padding": [1, 0, 1]})),
    }.items():
        function = getattr(F, name)
        for shape, options in variants:
            book.case(name, function, [normal(*shape)], **options)
        shape, options = variants[0]
        book.case(name, function, [normal(*shape, dtype=FLOAT32)], **options)
        rough = normal(*shape)
        rough.view(-1)[:3] = torch.tensor([NAN, INF, -INF]).double()
        book.case(name, function, [rough], gradients=False, **options)


def adaptive_poolings(book: Book) -> None:
    for axes, variants in {
        1: (((2, 2, 6), 3), ((2, 7), 3), ((1, 2, 5), 1), ((1, 1, 5), 5), ((1, 1, 3), 7), ((1, 2, 10), 4),
            ((0, 2, 4), 2)),
        2: (((1, 2, 4, 4), 2), ((2, 5, 4), [2, 3]), ((1, 1, 5, 3), 1), ((1, 1, 3, 4), [3, 4]), ((1, 1, 2, 3), [4, 5]),
            ((2, 1, 7, 2), [3, 2])),
        3: (((1, 1, 2, 4, 2), 2), ((2, 3, 2, 3), [2, 1, 3]), ((1, 1, 3, 3, 2), 1), ((1, 1, 2, 2, 2), [3, 2, 1])),
    }.items():
        for kind, inputs in (("avg", normal), ("max", distinct)):
            name = f"adaptive_{kind}_pool{axes}d"
            function = getattr(F, name)
            for shape, size in variants:
                if kind == "avg" or 0 not in shape:
                    book.case(name, function, [inputs(*shape)], output_size=size)
            shape, size = variants[0]
            book.case(name, function, [inputs(*shape, dtype=FLOAT32)], output_size=size)
            rough = inputs(*shape)
            rough.view(-1)[:4] = torch.tensor([NAN, INF, -INF, -INF]).double()
            book.case(name, function, [rough], gradients=False, output_size=size)


def normalizations(book: Book) -> None:
    def layer_norm(x: Tensor, *parameters: Tensor, shape: list[int], eps: float = 1e-5,
                   bias_only: bool = False) -> Tensor:
        weight, bias = (None, *parameters) if bias_only else (*parameters, None, None)[:2]
        return F.layer_norm(x, shape, weight, bias, eps)

    for x, shape in (((2, 5), [5]), ((2, 2, 3), [3]), ((2, 2, 3), [2, 3]), ((4,), [4]), ((1, 17), [17]), ((0, 3), [3])):
        book.case("layer_norm", layer_norm, [normal(*x)], shape=shape)
        book.case("layer_norm", layer_norm, [normal(*x), normal(*shape)], shape=shape)
        book.case("layer_norm", layer_norm, [normal(*x), normal(*shape), normal(*shape)], shape=shape)
    # PyTorch's second derivative fails without a weight.
    book.case("layer_norm", layer_norm, [normal(2, 4), normal(4)], second=False, shape=[4], bias_only=True)
    book.case("layer_norm", layer_norm, [normal(2, 4), normal(4), normal(4)], shape=[4], eps=0.5)
    book.case("layer_norm", layer_norm, [normal(2, 4, dtype=FLOAT32), normal(4, dtype=FLOAT32), normal(4,
              dtype=FLOAT32)],
              shape=[4])
    # Nothing is left of one element, nor of the gradient but rounding.
    book.case("layer_norm", layer_norm, [normal(3, 1), normal(1), normal(1)], gradients=False, shape=[1])
    book.case("layer_norm", layer_norm, [torch.full((1, 4), 7.0).double()], shape=[4], second=False)
    book.case("layer_norm", layer_norm, [torch.tensor([[1.0, NAN, 2.0], [1.0, INF, 0.0]]).double()], gradients=False,
              shape=[3])

    def batch_norm(x: Tensor, *parameters: Tensor, eps: float = 1e-5) -> Tensor:
        weight, bias = (*parameters, None, None)[:2]
        return F.batch_norm(x, None, None, weight, bias, training=True, eps=eps)

    def batch_norm_update(x: Tensor, mean: Tensor, variance: Tensor, *parameters: Tensor, momentum: float = 0.1,
                          eps: float = 1e-5) -> list[Tensor]:
        """The result and the running statistics afterwards."""
        mean, variance = mean.detach().clone(), variance.detach().clone()
        y = F.batch_norm(x, mean, variance, *parameters, training=True, momentum=momentum, eps=eps)
        return [y, mean, variance]

    def batch_norm_eval(x: Tensor, mean: Tensor, variance: Tensor, *parameters: Tensor, eps: float = 1e-5) -> Tensor:
        return F.batch_norm(x, mean.detach(), variance.detach(), *parameters, eps=eps)

    for x in ((4, 3), (2, 2, 3), (2, 3, 2, 2), (1, 2, 2, 1, 3), (4, 1), (5, 1, 2), (1, 17, 4)):
        c = x[1]
        running = [normal(c), normal(c).square() + 0.5]
        book.case("batch_norm", batch_norm, [normal(*x)])
        book.case("batch_norm", batch_norm, [normal(*x), normal(c), normal(c)], eps=1e-3)
        book.case("batch_norm_update", batch_norm_update, [normal(*x), *running], gradients=False)
        book.case("batch_norm_update", batch_norm_update, [normal(*x), *running, normal(c), normal(c)], gradients=False,
                  momentum=0.7)
        book.case("batch_norm_eval", batch_norm_eval, [normal(*x), *running])
        book.case("batch_norm_eval", batch_norm_eval, [normal(*x), *running, normal(c), normal(c)], eps=0.1)
    narrow = [normal(3, 2, dtype=FLOAT32), normal(2, dtype=FLOAT32), normal(2, dtype=FLOAT32).abs()]
    parameters = [normal(2, dtype=FLOAT32), normal(2, dtype=FLOAT32)]
    book.case("batch_norm", batch_norm, [narrow[0], *parameters])
    book.case("batch_norm_update", batch_norm_update, [*narrow, *parameters], gradients=False)
    book.case("batch_norm_eval", batch_norm_eval, [*narrow, *parameters])
    book.case("batch_norm_eval", batch_norm_eval, [normal(0, 2), *[x.double() for x in narrow[1:]]])


def attention(book: Book) -> None:
    def attend(*x: Tensor, **options: Any) -> Tensor:
        # PyTorch's composed path alone has second derivatives.
        with sdpa_kernel(SDPBackend.MATH):
            return F.scaled_dot_product_attention(*x, **options)

    name = "scaled_dot_product_attention"
    q, k, v = normal(2, 2, 3, 2), normal(2, 2, 4, 2), normal(2, 2, 4, 3)
    for inputs in ([q, k, v], [q[0], k[0], v[0]], [q[0, 0], k[0, 0], v[0, 0]], [q[:, :1], k[0], v[:1]],
                   [q[:, :, :0], k, v]):
        book.case(name, attend, inputs)
        book.case(name, attend, inputs, is_causal=True)
    book.case(name, attend, [q[:, :, :1], k, v])
    # A query that sees one key alone: of the gradient of its scores only rounding is left.
    book.case(name, attend, [q[:, :, :1], k, v], gradients=False, is_causal=True)
    book.case(name, attend, [q, k[:, :, :1], v[:, :, :1]], gradients=False)
    for scale in (-0.3, 0.0, 2.0):
        book.case(name, attend, [q[0], k[0], v[0]], scale=scale)
    visible = torch.tensor([[1, 0, 1, 1], [0, 1, 1, 0], [1, 0, 0, 0]]).bool()
    book.case(name, attend, [q, k, v, visible])
    book.case(name, attend, [q, k, v, torch.rand(2, 1, 1, 4) < 0.7])
    blind = torch.tensor([[1, 0, 1, 1], [0, 0, 0, 0], [1, 0, 0, 0]]).bool()
    book.case(name, attend, [q[0, 0], k[0, 0], v[0, 0], blind], second=False)
    for shape in ((3, 4), (2, 1, 1, 4), (2, 2, 3, 4), (4,)):
        book.case(name, attend, [q, k, v, normal(*shape)])
    hidden = normal(2, 1, 4).masked_fill(torch.tensor([[[0, 1, 0, 0]], [[1, 0, 0, 1]]]).bool(), -INF)
    book.case(name, attend, [q, k, v, hidden], second=False)
    # Scores of about 10 and 10⁴, where every weight is 0 or 1.
    book.case(name, attend, [10 * q[0], k[0], v[0]], is_causal=True)
    book.case(name, attend, [1e4 * q[0], k[0], v[0]], gradients=False, is_causal=True)
    narrow = [x[0].to(FLOAT32) for x in (q, k, v)]
    book.case(name, attend, narrow, is_causal=True)
    book.case(name, attend, [*narrow, visible])
    book.case(name, attend, [*narrow, normal(2, 1, 4, dtype=FLOAT32)], scale=1.5)
    book.case(name, attend, [normal(1, 19, 3), normal(1, 21, 3), normal(1, 21, 1)], second=False)


def embedding(book: Book) -> None:
    for indices in ([0, 2, 1], [1, 1, 1, 3], [[0, 1], [3, 3]], [[[2]]], [], 2):
        index = torch.tensor(indices, dtype=torch.int64)
        book.case("embedding", F.embedding, [index, normal(4, 3)])
    book.case("embedding", F.embedding, [torch.tensor([3, 0], dtype=torch.int32), normal(4, 1)])
    book.case("embedding", F.embedding, [torch.tensor([1, 1, 0]), normal(2, 2, dtype=FLOAT32)])
