"""PyTorch's side of compare.py: `pytorch.py [--fused] [--compile]` serves the workloads.

With --fused it takes its fused optimizers, with --compile it compiles the networks of steps and inferences.

The number of threads comes from OMP_NUM_THREADS.
"""

import operator
import os
import sys
from collections.abc import Callable
from functools import partial

import torch
from serve import Call, main
from torch import nn
from torch_epochs import epoch
from torch_layers import layer
from torch_scaling import scaling
from torch_steps import inference, step

FUSED = True if "--fused" in sys.argv else None  # None is what a user gets who says nothing
COMPILED = "--compile" in sys.argv
BINARY = {"add": torch.add, "mul": torch.mul, "maximum": torch.maximum, "lt": torch.lt, "pow": torch.pow}
UNARY = {
    **{name: getattr(torch, name) for name in (
        "abs sign exp expm1 sin cos erf tanh sigmoid relu log log1p sqrt rsqrt".split())},
    "clamp": lambda x: torch.clamp(x, -1, 1),
    "gelu": nn.functional.gelu,
    "gelu-tanh": partial(nn.functional.gelu, approximate="tanh"),
    "silu": nn.functional.silu,
    "softplus": nn.functional.softplus,
    "pow2.5": lambda x: torch.pow(x, 2.5),
}
POSITIVE = {"log", "log1p", "sqrt", "rsqrt", "pow", "pow2.5"}  # functions of positive numbers


OVERHEADS = {"chain100": operator.add, "multiply100": operator.mul, "tanh100": lambda y, _: torch.tanh(y)}


def chain(operation: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]) -> None:
    """Records 100 operations, and goes back through them."""
    x = torch.ones(4, requires_grad=True)
    y = x
    for _ in range(100):
        y = operation(y, x)
    y.sum().backward()


def optimizer(name: str) -> Call:
    """A step over the parameters of a transformer block of width 512."""
    shapes = [(1536, 512), (1536,), (512, 512), (512,), (2048, 512), (2048,), (512, 2048), (512,), (512,), (512,)]
    parameters = [torch.randn(shape, requires_grad=True) for shape in shapes]
    for parameter in parameters:
        parameter.grad = torch.randn_like(parameter)
    kinds = {
        "sgd": torch.optim.SGD,
        "momentum": partial(torch.optim.SGD, momentum=0.9),
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
        "adagrad": torch.optim.Adagrad,
        "adamax": torch.optim.Adamax,
        "nadam": torch.optim.NAdam,
        "radam": torch.optim.RAdam,
        "adadelta": torch.optim.Adadelta,
        "rmsprop": partial(torch.optim.RMSprop, momentum=0.9, centered=True),
        "rprop": torch.optim.Rprop,
    }
    fused = {"fused": FUSED} if name in ("sgd", "momentum", "adam", "adamw", "adagrad") else {}
    return kinds[name](parameters, lr=1e-3, **fused).step


def matmul(sizes: str, layout: str = "nn") -> Call:
    *batch, m, k, n = [int(size) for size in sizes.split("x")] if "x" in sizes else [int(sizes)] * 3
    a = torch.randn(*batch, k, m).mT if layout[0] == "t" else torch.randn(*batch, m, k)
    b = torch.randn(*batch, n, k).mT if layout[1] == "t" else torch.randn(*batch, k, n)
    return partial(torch.matmul, a, b)


def linear(sizes: str) -> Call:
    batch, inputs, outputs = map(int, sizes.split("x"))
    return partial(
        nn.functional.linear, torch.randn(batch, inputs), torch.randn(outputs, inputs), torch.randn(outputs)
    )


def elementwise(operation: str, size: str) -> Call:
    x, y = torch.randn(int(size)), torch.randn(int(size))
    if operation == "where":
        return partial(torch.where, x > 0, x, y)
    x = x.abs() if operation in POSITIVE else x
    return partial(BINARY[operation], x, y) if operation in BINARY else partial(UNARY[operation], x)


def elementwise_backward(operation: str, size: str) -> Call:
    x, gradient = torch.randn(int(size), requires_grad=True), torch.randn(int(size))

    def forward_and_backward() -> None:
        x.grad = None
        UNARY[operation](x).backward(gradient)

    return forward_and_backward


def embedding_backward(rows: int, width: int) -> Call:
    table = torch.randn(10_000, width, requires_grad=True)
    index, gradient = torch.randint(0, 10_000, (rows,)), torch.randn(rows, width)

    def step() -> None:
        table.grad = None
        table.index_select(0, index).backward(gradient)

    return step


def movement(operation: str, *arguments: str) -> Call:
    if operation == "cast":
        return cast(*arguments)
    shape = [int(size) for size in arguments[0].split("x")]
    x = torch.randn(shape)
    match operation:
        case "transpose":
            return lambda: x.t().contiguous()
        case "permute":
            return lambda: x.permute(0, 3, 1, 2).contiguous()
        case "heads":
            return lambda: x.permute(0, 2, 1, 3).contiguous()
        case "concat":
            return partial(torch.cat, (x, torch.randn(shape)), dim=1)
        case "pad":
            return partial(nn.functional.pad, x, (1, 1, 1, 1))
        case "embedding":
            return partial(torch.randn(10_000, shape[1]).index_select, 0, torch.randint(0, 10_000, shape[:1]))
        case "embeddingBackward":
            return embedding_backward(*shape)
    raise LookupError(operation)


def cast(source: str, target: str) -> Call:
    x = torch.randn(1_000_000) if source == "float32" else torch.randint(0, 256, (1_000_000,), dtype=torch.uint8)
    return partial(x.to, getattr(torch, target))


def cumsum(shape: str, lines: str) -> Call:
    return partial(torch.cumsum, torch.randn([int(size) for size in shape.split("x")]), {"rows": 1, "columns": 0}[lines])


def sorting(operation: Callable[[torch.Tensor], object], shape: str) -> Call:
    return partial(operation, torch.randn([int(size) for size in shape.split("x")]))


def linear_algebra(operation: str, size: str) -> Call:
    """Of a positive definite matrix."""
    x = torch.randn(int(size), int(size))
    a = x @ x.mT + torch.eye(int(size))
    if operation == "solve":
        return partial(torch.linalg.solve, a, a.mT)
    return partial(getattr(torch.linalg, {"inverse": "inv"}.get(operation, operation)), a)


def attention(direction: str, size: str) -> Call:
    """`backward` is forward and backward."""
    shape, causal = size.removesuffix("-causal").split("x"), size.endswith("-causal")
    inputs = [torch.randn([int(n) for n in shape], requires_grad=direction == "backward") for _ in range(3)]
    forward = partial(nn.functional.scaled_dot_product_attention, *inputs, is_causal=causal)
    gradient = torch.randn([int(n) for n in shape])

    def step() -> None:
        for x in inputs:
            x.grad = None
        forward().backward(gradient)

    return forward if direction == "forward" else step


def forward_or_both(part: str, operation: Callable[..., torch.Tensor], *inputs: torch.Tensor) -> Call:
    """The operation alone, or with its backward pass to all inputs."""
    if part == "forward":
        return partial(torch.no_grad()(operation), *inputs)
    leaves = [x.requires_grad_() for x in inputs]
    gradient = torch.randn_like(operation(*leaves))

    def both() -> None:
        for leaf in leaves:
            leaf.grad = None
        operation(*leaves).backward(gradient)

    return both


def convolution(part: str, sizes: str) -> Call:
    shape, outputs, kernel, *groups = sizes.split("-")
    batch, channels, height, width = map(int, shape.split("x"))
    count, side = int(groups[0]) if groups else 1, int(kernel)
    function = partial(nn.functional.conv2d, padding=side // 2, groups=count)
    return forward_or_both(part, function, torch.randn(batch, channels, height, width),
                           torch.randn(int(outputs), channels // count, side, side), torch.randn(int(outputs)))


POOLINGS = {
    "max2": partial(nn.functional.max_pool2d, kernel_size=2),
    "max3s2": partial(nn.functional.max_pool2d, kernel_size=3, stride=2, padding=1),
    "avg2": partial(nn.functional.avg_pool2d, kernel_size=2),
    "adaptive7": partial(nn.functional.adaptive_avg_pool2d, output_size=7),
}


REDUCE = {
    "sum": lambda x: x.sum(),
    "sum-rows": lambda x: x.sum(1),
    "sum-columns": lambda x: x.sum(0),
    "sum-transposed": lambda x: x.T.sum(0),
    "max": lambda x: x.max(),
    "max-rows": lambda x: x.amax(1),
    "max-columns": lambda x: x.amax(0),
    "var-rows": lambda x: x.var(1),
    "var-columns": lambda x: x.var(0),
    "argmax-rows": lambda x: x.argmax(1),
    "argmax-columns": lambda x: x.argmax(0),
    "logsumexp-rows": lambda x: x.logsumexp(1),
    "softmax-rows": lambda x: x.softmax(1),
    "softmax-columns": lambda x: x.softmax(0),
}


def shaped(size: str) -> tuple[int, ...]:
    return tuple(map(int, size.split("x")))


def reduce(operation: str, size: str) -> Call:
    x = torch.randn(shaped(size))
    if operation == "softmax-backward":
        return forward_or_both("backward", lambda x: x.softmax(1), x)
    return partial(REDUCE[operation], x)


def norm(operation: str, size: str) -> Call:
    shape = shaped(size)
    x = torch.randn(shape)
    if operation == "crossentropy-backward":
        labels = torch.arange(shape[0]) * 37 % shape[1]
        return forward_or_both("backward", lambda x: nn.functional.cross_entropy(x, labels), x)
    kind, *rest = operation.split("-")
    channels = shape[-1] if kind == "layernorm" else shape[1]
    weight, bias = torch.randn(channels), torch.randn(channels)

    def layernorm(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        return nn.functional.layer_norm(x, shape[-1:], weight, bias)

    def batchnorm(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        return nn.functional.batch_norm(x, None, None, weight, bias, training=True)

    function = layernorm if kind == "layernorm" else batchnorm
    return forward_or_both("backward" if rest else "forward", function, x, weight, bias)


# A workload's name is FAMILY/ARGUMENT/…; the family's function prepares its call.
FAMILIES: dict[str, Callable[..., Call]] = {
    **{family.__name__: family for family in (
        matmul, attention, linear, elementwise, movement, cumsum, optimizer, reduce, norm, layer, epoch, scaling)},
    "overhead": lambda name: partial(chain, OVERHEADS[name]),
    **{f"matmul-{layout}": partial(matmul, layout=layout) for layout in ("nt", "tn", "tt")},
    "sort": partial(sorting, torch.sort),
    "argsort": partial(sorting, torch.argsort),
    "topk": partial(sorting, partial(torch.topk, k=10)),
    "linalg": linear_algebra,
    "elementwise-backward": elementwise_backward,
    "step": partial(step, compiled=COMPILED, fused=FUSED),
    "inference": partial(inference, compiled=COMPILED),
    "conv": convolution,
    "pool": lambda part, name: forward_or_both(part, POOLINGS[name], torch.randn(32, 16, 28, 28)),
}
PARTS = {f"overhead/{name}": 100 for name in OVERHEADS}  # units of work that are divided by their number of parts


def prepare(name: str) -> tuple[Call, int]:
    family, *arguments = name.split("/")
    return FAMILIES[family](*arguments), PARTS.get(name, 1)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    main(prepare, torch.get_num_threads())
