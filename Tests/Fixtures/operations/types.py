"""The rules of dtypes: promotion of tensors, scalar tensors and numbers, integer arithmetic, conversion, updates."""

import operator
from collections.abc import Callable
from itertools import product

import torch
from torch import Tensor

from .book import DTYPES, INF, NAN, Book
from .elementwise import INTEGRAL, offer

FEW = {"add": torch.add, "subtract": torch.subtract, "multiply": torch.multiply, "divide": torch.divide,
       "pow": torch.pow, "remainder": torch.remainder, "fmod": torch.fmod, "floor_divide": torch.floor_divide,
       "maximum": torch.maximum, "eq": torch.eq, "lt": torch.lt, "logical_xor": torch.logical_xor,
       "atan2": torch.atan2, "fmin": torch.fmin, "bitwise_and": operator.and_, "left_shift": operator.lshift}
LIMITS = {torch.uint8: [0, 1, 200, 255], torch.int32: [-(2**31), -1, 7, 2**31 - 1],
          torch.int64: [-(2**63), -1, 7, 2**63 - 1]}


def vector(dtype: torch.dtype) -> Tensor:
    return torch.tensor([True, False] if dtype == torch.bool else [3, 2]).to(dtype)


def divisor(dtype: torch.dtype) -> Tensor:
    return torch.tensor([True, True] if dtype == torch.bool else [2, 1]).to(dtype)


def promotion(book: Book) -> None:
    for name, function in FEW.items():
        for a, b in product(DTYPES, DTYPES):
            offer(book, name, function, [vector(a), divisor(b)], gradients=False)
            if name in ("add", "divide", "maximum", "bitwise_and", "eq"):
                offer(book, name, function, [vector(a), divisor(b)[0]], gradients=False)
                offer(book, name, function, [vector(a)[0], divisor(b)], gradients=False)
    for a, b in product(DTYPES, DTYPES):
        book.case("where", torch.where, [torch.tensor([True, False]), vector(a), divisor(b)], gradients=False)
    for a, b in ((torch.float32, torch.float64), (torch.float64, torch.float32)):
        book.case("add", torch.add, [vector(a), divisor(b)])
        book.case("multiply", torch.multiply, [vector(a), divisor(b)[0]])


def numbers(book: Book) -> None:
    """A number never widens a tensor within its category."""
    for name in ("add", "subtract", "multiply", "divide", "remainder", "pow"):
        function = FEW[name]
        def right(x: Tensor, number: float | None = None, integer: int | None = None,
                  function: Callable[..., Tensor] = function) -> Tensor:
            return function(x, integer if number is None else number)
        for dtype in DTYPES:
            for arguments in ({"number": 1.5}, {"integer": 2}, {"integer": 300}):
                if (arguments == {"integer": 300} and name == "pow") or (dtype == torch.bool and name == "subtract"):
                    continue
                offer(book, f"{name} number", right, [vector(dtype)], gradients=False, **arguments)


def integer_arithmetic(book: Book) -> None:
    """Wrapping, and the signs of quotients and remainders."""
    for dtype, values in LIMITS.items():
        x = torch.tensor(values, dtype=dtype)
        for name in ("add", "subtract", "multiply", "maximum", "lt", "bitwise_and"):
            book.case(name, FEW[name], [x.reshape(4, 1), x])
        for name in ("bitwise_or", "bitwise_xor", "left_shift", "right_shift"):
            book.case(name, INTEGRAL[name], [x.reshape(4, 1), torch.tensor([0, 1, 7, 31, 100], dtype=dtype)])
        for name, function in (("negative", torch.negative), ("abs", torch.abs), ("sign", torch.sign),
                               ("square", torch.square), ("bitwise_not", torch.bitwise_not)):
            book.case(name, function, [x])
        signs = torch.tensor([7, 3, 2, 100] if dtype == torch.uint8 else [-7, 7, -6, 100], dtype=dtype)
        divisors = torch.tensor([3, 7, 1] if dtype == torch.uint8 else [3, -3, -1], dtype=dtype)
        for name in ("remainder", "fmod", "floor_divide", "divide"):
            book.case(name, FEW[name], [signs.reshape(4, 1), divisors])
        book.case("pow", torch.pow, [signs.reshape(4, 1), torch.tensor([0, 1, 3], dtype=dtype)])
        book.case("gcd", torch.gcd, [signs, signs.flip(0)])
        book.case("lcm", torch.lcm, [signs, signs.flip(0)])
    book.case("pow", torch.pow, [torch.tensor([2, 1, -1, -1]), torch.tensor([-1, -2, -3, -4])])
    for counts in ([-1, 64, 100, 63], [-5, 65, 0, 1]):
        for name in ("left_shift", "right_shift"):
            book.case(name, INTEGRAL[name], [torch.tensor([-5, 5, -1, 1]), torch.tensor(counts)])


def conversions(book: Book) -> None:
    def converted(x: Tensor, dtype: str) -> Tensor:
        return x.to(getattr(torch, dtype))
    names = [str(dtype).removeprefix("torch.") for dtype in DTYPES]
    for dtype, name in product(DTYPES, names):
        book.case("to", converted, [vector(dtype)], gradients=False, dtype=name)
    for name in names:
        for dtype in (torch.float32, torch.float64):
            x = torch.tensor([NAN, INF, -INF, 0.0, -0.0, 0.5, -1.5, 2.9, 300.0, -300.0, 1e20], dtype=dtype)
            book.case("to", converted, [x], gradients=False, wide=False, dtype=name)
        for dtype, values in LIMITS.items():
            book.case("to", converted, [torch.tensor(values, dtype=dtype)], dtype=name)
    for source, target in ((torch.float32, "float64"), (torch.float64, "float32"), (torch.float64, "float64")):
        book.case("to", converted, [torch.tensor([0.5, -2.0], dtype=source)], wide=False, dtype=target)


def updates(book: Book) -> None:
    """x op= y, where PyTorch allows it."""
    operations = {"+=": operator.iadd, "-=": operator.isub, "*=": operator.imul, "/=": operator.itruediv,
                  "%=": operator.imod, "&=": operator.iand, "|=": operator.ior, "^=": operator.ixor,
                  "<<=": operator.ilshift, ">>=": operator.irshift}
    for name, function in operations.items():
        def update(x: Tensor, y: Tensor, function: Callable[..., Tensor] = function) -> Tensor:
            return function(x.clone(), y)
        def number_update(x: Tensor, number: float | None = None, integer: int | None = None,
                          function: Callable[..., Tensor] = function) -> Tensor:
            return function(x.clone(), integer if number is None else number)
        for a, b in product(DTYPES, DTYPES):
            if torch.can_cast(torch.promote_types(a, b), a):
                offer(book, name, update, [vector(a), divisor(b)], gradients=False)
        offer(book, name, update, [torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([1, 2, 3])])
        for dtype in DTYPES:
            for arguments in ({"number": 1.5}, {"integer": 2}):
                if not (dtype == torch.bool and name == "-="):
                    offer(book, f"{name} number", number_update, [vector(dtype)], gradients=False, **arguments)


def cases(book: Book) -> None:
    promotion(book)
    numbers(book)
    integer_arithmetic(book)
    conversions(book)
    updates(book)
