import Autograd
import Tensors
import TestSupport

/// What depends on the dtypes: numbers beside tensors, conversions, and updates in place.
let typesOperations: [Operation] = numberOperations + updateOperations + conversionOperations

private let numberOperations: [Operation] = [
  number("add number", "x + number", "x + number", .exact, { $0 + $1 }, { $0 + $1 }),
  number("subtract number", "x - number", "x - number", .exact, { $0 - $1 }, { $0 - $1 }),
  number("multiply number", "x * number", "x * number", .exact, { $0 * $1 }, { $0 * $1 }),
  number("divide number", "x / number", "x / number", .ulps(0.5), { $0 / $1 }, { $0 / $1 }),
  number("remainder number", "x % number", "x % number", .exact, { $0 % $1 }, { $0 % $1 }),
  number("pow number", "x ** number", "pow(_:)", .ulps(2.3), { $0.pow($1) }, { $0.pow($1) }),
  number("number add", "number + x", "number + x", .exact, { $1 + $0 }, { $1 + $0 }),
  number("number subtract", "number - x", "number - x", .exact, { $1 - $0 }, { $1 - $0 }),
  number("number multiply", "number * x", "number * x", .exact, { $1 * $0 }, { $1 * $0 }),
  // A reciprocal and a product.
  number("number divide", "number / x", "number / x", .ulps(1.5), { $1 / $0 }, { $1 / $0 }),
  number("number remainder", "number % x", "number % x", .exact, { $1 % $0 }, { $1 % $0 }),
]

private func number(
  _ name: String, _ torch: String, _ adjoint: String, _ tolerance: Tolerance,
  _ real: @escaping @Sendable (Variable, Double) -> Variable, _ integer: @escaping @Sendable (Variable, Int) -> Variable
) -> Operation {
  Operation(name, torch, adjoint, tolerance) { x, a in
    let whole: Int? = a[optional: "integer"]
    return whole.map { integer(x[0], $0) } ?? real(x[0], a["number"])
  }
}

private let updateOperations: [Operation] = [
  update("+=") { $0 += $1 }, update("-=") { $0 -= $1 }, update("*=") { $0 *= $1 },
  update("/=", .ulps(0.5)) { $0 /= $1 },
  update("%=") { $0 %= $1 }, update("&=") { $0 &= $1 }, update("|=") { $0 |= $1 }, update("^=") { $0 ^= $1 },
  update("<<=") { $0 <<= $1 }, update(">>=") { $0 >>= $1 },
  update("+=", .exact, { $0 += $1 }, { $0 += $1 }), update("-=", .exact, { $0 -= $1 }, { $0 -= $1 }),
  update("*=", .exact, { $0 *= $1 }, { $0 *= $1 }), update("/=", .ulps(0.5), { $0 /= $1 }, { $0 /= $1 }),
  update("%=", .exact, { $0 %= $1 }, { $0 %= $1 }),
  update("&=") { (x: inout Tensor, n: Int) in x &= n }, update("|=") { (x: inout Tensor, n: Int) in x |= n },
  update("^=") { (x: inout Tensor, n: Int) in x ^= n }, update("<<=") { (x: inout Tensor, n: Int) in x <<= n },
  update(">>=") { (x: inout Tensor, n: Int) in x >>= n },
]

/// x op= y.
private func update(
  _ name: String, _ tolerance: Tolerance = .exact, _ call: @escaping @Sendable (inout Tensor, Tensor) -> Void
) -> Operation {
  Operation(name, "x \(name) y", "x \(name) y", tolerance) { x, _ in
    var result = x[0].value
    call(&result, x[1].value)
    return result
  }
}

/// x op= a number.
private func update(
  _ name: String, _ tolerance: Tolerance, _ real: @escaping @Sendable (inout Tensor, Double) -> Void,
  _ integer: @escaping @Sendable (inout Tensor, Int) -> Void
) -> Operation {
  Operation("\(name) number", "x \(name) number", "x \(name) number", tolerance) { x, a in
    var result = x[0].value
    let whole: Int? = a[optional: "integer"]
    if let whole { integer(&result, whole) } else { real(&result, a["number"]) }
    return result
  }
}

/// x op= an integer.
private func update(_ name: String, _ integer: @escaping @Sendable (inout Tensor, Int) -> Void) -> Operation {
  Operation("\(name) number", "x \(name) number", "x \(name) number") { x, a in
    var result = x[0].value
    integer(&result, a["integer"])
    return result
  }
}

private let conversionOperations: [Operation] = [
  Operation("to", "torch.Tensor.to", "to(_:)") { x, a in
    x[0].to(a["dtype"])
  }
]
