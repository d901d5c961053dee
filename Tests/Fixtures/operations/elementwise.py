"""Elementwise functions of one, two and three tensors; the rules of dtypes are in types.py."""

import operator
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .book import DTYPES, INF, NAN, PAIRS, Book, distinct, integers, normal, uniform

Function = Callable[..., Tensor]

# A function of one operand, and where it is smooth.
UNARY: dict[str, tuple[Function, float, float]] = {
    "exp": (torch.exp, -3, 3), "exp2": (torch.exp2, -3, 3), "expm1": (torch.expm1, -3, 3), "log": (torch.log, 0.1, 5),
    "log2": (torch.log2, 0.1, 5), "log10": (torch.log10, 0.1, 5), "log1p": (torch.log1p, -0.9, 5),
    "sqrt": (torch.sqrt, 0.1, 5), "rsqrt": (torch.rsqrt, 0.1, 5), "square": (torch.square, -3, 3),
    "reciprocal": (torch.reciprocal, 0.3, 3), "negative": (torch.negative, -3, 3), "abs": (torch.abs, 0.2, 3),
    "sign": (torch.sign, 0.2, 3), "sgn": (torch.sgn, -3, -0.2), "floor": (torch.floor, 1.1, 1.9),
    "ceil": (torch.ceil, 1.1, 1.9), "trunc": (torch.trunc, 1.1, 1.9), "round": (torch.round, 1.6, 2.4),
    "frac": (torch.frac, 1.1, 1.9), "sin": (torch.sin, -4, 4), "cos": (torch.cos, -4, 4), "tan": (torch.tan, -1.2, 1.2),
    "asin": (torch.asin, -0.9, 0.9), "acos": (torch.acos, -0.9, 0.9), "atan": (torch.atan, -4, 4),
    "sinh": (torch.sinh, -3, 3), "cosh": (torch.cosh, -3, 3), "asinh": (torch.asinh, -3, 3),
    "acosh": (torch.acosh, 1.2, 4), "atanh": (torch.atanh, -0.9, 0.9), "erf": (torch.erf, -3, 3),
    "erfc": (torch.erfc, -3, 3), "erfinv": (torch.erfinv, -0.95, 0.95), "lgamma": (torch.lgamma, 2, 5),
    "digamma": (torch.digamma, 0.2, 5), "sinc": (torch.sinc, -3, 3), "deg2rad": (torch.deg2rad, -360, 360),
    "rad2deg": (torch.rad2deg, -6, 6), "logit": (torch.logit, 0.05, 0.95), "nan_to_num": (torch.nan_to_num, -3, 3),
}
# A function of one operand that gives truth values.
TESTS: dict[str, Function] = {
    "isnan": torch.isnan, "isinf": torch.isinf, "isposinf": torch.isposinf, "isneginf": torch.isneginf,
    "isfinite": torch.isfinite, "signbit": torch.signbit, "logical_not": torch.logical_not,
}
# A function of two operands, and where each is smooth.
BINARY: dict[str, tuple[Function, tuple[float, float], tuple[float, float]]] = {
    "add": (torch.add, (-3, 3), (-3, 3)), "subtract": (torch.subtract, (-3, 3), (-3, 3)),
    "multiply": (torch.multiply, (-3, 3), (-3, 3)), "divide": (torch.divide, (-3, 3), (0.5, 3)),
    "pow": (torch.pow, (0.3, 3), (-3, 3)), "atan2": (torch.atan2, (0.2, 3), (-3, 3)),
    "hypot": (torch.hypot, (0.3, 3), (-3, 3)), "copysign": (torch.copysign, (0.3, 3), (-3, -0.3)),
    "fmod": (torch.fmod, (2.1, 2.9), (0.98, 1)), "remainder": (torch.remainder, (-2.9, -2.1), (0.98, 1)),
    "logaddexp": (torch.logaddexp, (-3, 3), (-3, 3)), "logaddexp2": (torch.logaddexp2, (-3, 3), (-3, 3)),
    "xlogy": (torch.xlogy, (-3, 3), (0.3, 3)), "xlog1py": (torch.special.xlog1py, (-3, 3), (-0.7, 3)),
}
# A function of two operands that is flat, exact, or gives truth values.
STEPS: dict[str, Function] = {
    "floor_divide": torch.floor_divide, "nextafter": torch.nextafter, "heaviside": torch.heaviside, "eq": torch.eq,
    "ne": torch.ne, "lt": torch.lt, "le": torch.le, "gt": torch.gt, "ge": torch.ge, "logical_and": torch.logical_and,
    "logical_or": torch.logical_or, "logical_xor": torch.logical_xor,
}
EXTREMA: dict[str, Function] = {
    "maximum": torch.maximum, "minimum": torch.minimum, "fmax": torch.fmax, "fmin": torch.fmin,
}
INTEGRAL: dict[str, Function] = {
    "bitwise_and": operator.and_, "bitwise_or": operator.or_, "bitwise_xor": operator.xor,
    "left_shift": operator.lshift, "right_shift": operator.rshift, "gcd": torch.gcd, "lcm": torch.lcm,
}

FAR = {
    torch.float64: [INF, -INF, NAN, 0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e-300, 5e-324, 1e300, -1e300, 20.0, -20.0],
    torch.float32: [INF, -INF, NAN, 0.0, -0.0, 1.0, -1.0, 1.5, -0.5, 1e-38, 1e-45, 1e38, -1e38, 50.0, -50.0],
}


def offer(book: Book, name: str, function: Function, inputs: list[Tensor], **rest: Any) -> None:
    """A case, if PyTorch knows the function for these dtypes."""
    try:
        function(*inputs, **{key: value for key, value in rest.items() if key not in ("gradients", "second", "wide")})
    except RuntimeError:
        return
    book.case(name, function, inputs, **rest)


def sample(dtype: torch.dtype) -> Tensor:
    """Four elements of any dtype."""
    if dtype == torch.bool:
        return torch.tensor([True, False, True, True])
    return torch.tensor([0, 1, 2, 7] if dtype == torch.uint8 else [-2, 0, 1, 7]).to(dtype)


def unary_cases(book: Book) -> None:
    for name, (function, low, high) in UNARY.items():
        # PyTorch's trigamma, from which these derivatives come, has ten digits.
        known = {"gradients": name != "digamma", "second": name != "lgamma"}
        for shape in ((3,), (), (0,), (2, 3), (2, 1, 2), (1,), (2, 0, 3)):
            book.case(name, function, [uniform(low, high, *shape)], **known)
        book.case(name, function, [uniform(low, high, 4, dtype=torch.float32)], **known)
        for dtype, values in FAR.items():
            book.case(name, function, [torch.tensor(values, dtype=dtype)], gradients=False, wide=name != "nan_to_num")
        for dtype in DTYPES[2:]:
            offer(book, name, function, [sample(dtype)], gradients=False)
    for name, function in TESTS.items():
        for shape in ((), (0,), (2, 3)):
            book.case(name, function, [normal(*shape)])
        for dtype, values in FAR.items():
            book.case(name, function, [torch.tensor(values, dtype=dtype)])
        for dtype in DTYPES[2:]:
            offer(book, name, function, [sample(dtype)])


def variant_cases(book: Book) -> None:
    """Arguments, and derivatives where they are special."""
    for decimals in (-2, -1, 1, 3):
        book.case("round", torch.round, [torch.tensor([-251.125, 150.0, 0.0625, 1250.0]).double()], decimals=decimals)
    book.case("round", torch.round, [torch.tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]).double()])
    for name in ("floor", "ceil", "trunc", "frac"):
        book.case(name, UNARY[name][0], [torch.tensor([-2.5, -2.0, -0.5, 0.0, 0.5, 2.0, 2.5]).double()])
    for name in ("abs", "sign", "sgn"):
        book.case(name, UNARY[name][0], [torch.tensor([-2.0, 0.0, 3.0]).double()], second=False)
    # Near 0 PyTorch's derivatives cancel.
    book.case("sinc", torch.sinc, [torch.tensor([-1.0, 0.01, 0.03, 0.0319, 0.04, 2.0]).double()], gradients=False)
    for eps in (0.1, 1e-3):
        book.case("logit", torch.logit, [torch.tensor([0.05, 0.5, 0.95, -1.0, 2.0]).double()], eps=eps)
    for arguments in ({"nan": 1.5}, {"posinf": 9.0}, {"neginf": -9.0}, {"nan": 0.5, "posinf": 1.0, "neginf": -1.0}):
        book.case("nan_to_num", torch.nan_to_num, [torch.tensor([NAN, INF, -INF, 2.0]).double()], **arguments)
    def polygamma(x: Tensor, n: int) -> Tensor:
        return torch.special.zeta(2.0, x) if n == 1 else torch.polygamma(n, x)
    for n in range(5):
        known = {"gradients": n > 1, "n": n}
        for shape in ((3,), (), (0,)):
            book.case("polygamma", polygamma, [uniform(0.3, 4, *shape)], **known)
        book.case("polygamma", polygamma, [uniform(0.3, 4, 3, dtype=torch.float32)], **known)
        book.case("polygamma", polygamma, [torch.tensor([1, 2, 9])], **known)
    below = torch.tensor([-0.5, -1.25, -3.7, -10.4]).double()
    book.case("digamma", torch.digamma, [below], gradients=False)
    book.case("lgamma", torch.lgamma, [torch.tensor([-0.5, -1.25, -3.7, -10.4, 1.0001, 1.9999]).double()], second=False)
    book.case("polygamma", polygamma, [below], gradients=False, n=1)
    for name in ("erfinv", "asin", "acos", "atanh"):
        book.case(name, UNARY[name][0], [torch.tensor([-0.999, -0.5, 0.5, 0.999, 0.999999]).double()])
    for name in ("exp", "sin", "cos", "tan"):
        function = getattr(torch, name)
        book.case(name, function, [torch.tensor([-700.0, -30.0, 30.0, 100.0, 12345.678]).double()], gradients=False)


def binary_cases(book: Book) -> None:
    for name, (function, first, second) in BINARY.items():
        # The slope of copysign is a rounded quotient in PyTorch, whose derivatives are not 0.
        known = {"second": name != "copysign"}
        for a, b in PAIRS:
            book.case(name, function, [uniform(*first, *a), uniform(*second, *b)], **known)
        book.case(name, function, [uniform(*first, 3, dtype=torch.float32), uniform(*second, 3, dtype=torch.float32)],
                  **known)
        far_pairs(book, name, function)
    for name, function in (STEPS | EXTREMA).items():
        for a, b in PAIRS:
            smooth = name in EXTREMA
            book.case(name, function, [distinct(*a), uniform(-0.1, 0.1, *b)], gradients=smooth)
        far_pairs(book, name, function)
    for name, function in EXTREMA.items():
        book.case(name, function, [torch.tensor([1.0, 2.0, -1.0]).double(), torch.tensor([1.0, 0.0, -1.0]).double()])
    for name, function in INTEGRAL.items():
        for a, b in PAIRS:
            book.case(name, function, [integers(-9, 10, *a), integers(0, 7, *b)])


def far_pairs(book: Book, name: str, function: Function) -> None:
    """All pairs of values at which functions are special, both dtypes."""
    for dtype in FAR:
        values = torch.tensor([INF, -INF, NAN, 0.0, -0.0, 1.0, -2.5], dtype=dtype)
        book.case(name, function, [values.reshape(7, 1), values], gradients=False, wide=name != "nextafter")


def special_gradients(book: Book) -> None:
    """At ties and zeros."""
    zeros = torch.tensor([0.0, 0.0, 0.0, 2.0]).double()
    book.case("xlogy", torch.xlogy, [zeros, torch.tensor([1.0, 2.0, 0.5, 1.0]).double()], second=False)
    book.case("xlog1py", torch.special.xlog1py, [zeros, torch.tensor([1.0, 2.0, 0.5, 0.0]).double()], second=False)
    book.case("copysign", torch.copysign, [zeros, torch.tensor([1.0, -1.0, 2.0, -3.0]).double()], second=False)
    book.case("atan2", torch.atan2, [torch.tensor([1.0, 0.0, -2.0]).double(), torch.tensor([0.0, 2.0, -1.0]).double()])
    book.case("heaviside", torch.heaviside, [torch.tensor([-1.0, 0.0, 2.0]).double(), torch.tensor(0.5).double()],
              gradients=False)
    for name in ("logaddexp", "logaddexp2"):
        book.case(name, BINARY[name][0], [torch.tensor([1.0, 700.0, -800.0]).double(),
                                          torch.tensor([1.0, -700.0, 800.0]).double()], second=False)
    for name in ("fmod", "remainder", "floor_divide"):
        function = (BINARY | {"floor_divide": (torch.floor_divide,)})[name][0]
        pairs = torch.tensor([7.5, -7.5, 7.5, -7.5, 6.0, 1e17, 0.3]).double(), \
            torch.tensor([2.0, 2.0, -2.0, -2.0, 3.0, 3.0, 0.1]).double()
        book.case(name, function, list(pairs), gradients=False)
    bases, exponents = torch.tensor([-2.0, -2.0, 3.0, 0.5]).double(), torch.tensor([2.0, 3.0, 0.0, -1.0]).double()
    book.case("pow", torch.pow, [bases, exponents], gradients=False)


def number_cases(book: Book) -> None:
    """A number on either side."""
    sides = {"add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv,
             "remainder": operator.mod, "pow": operator.pow}
    for name, function in sides.items():
        def right(x: Tensor, number: float | None = None, integer: int | None = None,
                  function: Function = function) -> Tensor:
            return function(x, integer if number is None else number)
        def left(x: Tensor, number: float | None = None, integer: int | None = None,
                 function: Function = function) -> Tensor:
            return function(integer if number is None else number, x)
        for arguments in ({"number": 2.5}, {"number": -0.75}, {"integer": 3}, {"integer": 2}):
            for shape in ((3,), (), (0,), (2, 3)):
                book.case(f"{name} number", right, [uniform(0.6, 0.9, *shape)], **arguments)
        if name == "pow":
            for number in (-2.0, -1.0, 0.0, 0.5, 1.0):
                book.case("pow number", right, [uniform(0.5, 2, 3)], number=number)
        else:
            for arguments in ({"number": 2.5}, {"integer": 3}):
                for shape in ((3,), (), (0,)):
                    # PyTorch has no derivative of a number's remainder.
                    book.case(f"number {name}", left, [uniform(0.7, 0.8, *shape)], gradients=name != "remainder",
                              **arguments)


def ternary_cases(book: Book) -> None:
    triples = (((), (), ()), ((3,), (3,), (3,)), ((2, 3), (3,), ()), ((2, 1), (3,), (2, 3)), ((0,), (1,), (0,)))
    for a, b, c in triples:
        inputs = [uniform(-2, 2, *a), uniform(-2, 2, *b), uniform(0.5, 2, *c)]
        for value in (1, 0.5, -2):
            book.case("addcmul", torch.addcmul, inputs, value=value)
            book.case("addcdiv", torch.addcdiv, inputs, value=value)
        book.case("lerp", torch.lerp, [inputs[0], inputs[1], uniform(-0.4, 0.4, *c)])
        book.case("lerp", torch.lerp, [inputs[0], inputs[1], uniform(0.6, 2, *c)])
        for weight in (0.25, 0.75, 0.0, 1.0, -0.5):
            book.case("lerp number", lambda x, y, weight: torch.lerp(x, y, weight), inputs[:2], weight=weight)
        condition = integers(0, 2, *a, dtype=torch.bool)
        book.case("where", torch.where, [condition, inputs[1], inputs[2]])
        book.case("multiply_add", lambda x, y, z: x * y + z, inputs)
    for bounds in ({"min": -0.5, "max": 0.5}, {"min": 0.1}, {"max": 0.1}, {"min": 0.5, "max": -0.5}):
        for shape in ((4,), (), (0,), (2, 3)):
            book.case("clamp", torch.clamp, [distinct(*shape)], **bounds)
        book.case("clamp", torch.clamp, [torch.tensor([NAN, INF, -INF, 0.5, -0.5, 0.1]).double()], **bounds)
        book.case("clamp", torch.clamp, [torch.tensor([NAN, INF, -INF, 0.5, -0.5, 0.1])], gradients=False, **bounds)
        book.case("clamp", torch.clamp, [torch.tensor([-3, 0, 3])], gradients=False, **bounds)
    close = torch.tensor([1.0, 1.0 + 1e-9, 1.0 + 1e-3, INF, INF, NAN, NAN, 0.0]).double()
    other = torch.tensor([1.0, 1.0, 1.0, INF, -INF, NAN, 1.0, 1e-9]).double()
    for arguments in ({}, {"rtol": 1e-2}, {"rtol": 0.0, "atol": 0.0}, {"equal_nan": True}, {"atol": 1.0}):
        book.case("isclose", torch.isclose, [close, other], gradients=False, **arguments)
        book.case("isclose", torch.isclose, [integers(1, 5, 3), integers(1, 5, 2, 1)], **arguments)
        for x, y in ((close, other), (close[:1], other[:1]), (close[:0], other[:0]), (close[:3], other[:3])):
            book.case("allclose", torch.allclose, [x, y], gradients=False, **arguments)
    for x, y in ((close, close), (close[:5], close[:5]), (close[:2], close[:3]), (close[:0], close[:0]),
                 (torch.tensor([1, 2]), torch.tensor([1, 2])), (torch.tensor([True]), torch.tensor([False]))):
        book.case("equal", torch.equal, [x, y], gradients=False)
    for dtype in DTYPES[2:]:
        offer(book, "bitwise_not", torch.bitwise_not, [sample(dtype)])
    for shape in ((), (0,), (2, 3)):
        book.case("bitwise_not", torch.bitwise_not, [integers(-9, 9, *shape)])


def cases(book: Book) -> None:
    unary_cases(book)
    variant_cases(book)
    binary_cases(book)
    special_gradients(book)
    number_cases(book)
    ternary_cases(book)
