import Tensors

/// Derivatives beside differences.
extension GradientCheck {
  /// Every entry of every Jacobian.
  func compareJacobians() -> Tally {
    let analytic = Dictionary(uniqueKeysWithValues: run.numbers.map { ($0, run.jacobian($0)) })
    var tally = Tally()
    for (p, i) in function.checked.enumerated() {
      let count = function.inputs[i].elementCount
      for element in 0..<count {
        let numeric = column(i, element)
        for k in run.numbers {
          for row in numeric[k].indices {
            tally.compare(
              analytic[k]![p][row * count + element], numeric[k][row], tolerance.around(numeric[k][row]),
              at: function.place(k, run.shape(of: k).index(of: row), i, inputIndex(i, element)))
          }
        }
      }
    }
    return tally
  }

  /// The derivatives of all outputs with respect to one element.
  private func column(_ i: Int, _ element: Int) -> [[Double]] {
    let (high, low, distances) = sides(of: i, unit(function.inputs[i].shape, element, eps))
    let distance = distances[element]
    require(
      distance > 0, function.operation,
      "element \(inputIndex(i, element)) of input \(i) is too large for eps \(eps) to change it; expected a larger eps")
    return zip(high, low).map { zip($0, $1).map { ($0 - $1) / distance } }
  }

  /// vᵀJu for each output and input.
  func compareProjections() -> Tally {
    var tally = Tally()
    for (p, i) in function.checked.enumerated() where function.inputs[i].elementCount > 0 {
      let (high, low, distances) = sides(of: i, direction(function.inputs[i].shape, seed: 50 + i) * eps)
      let u = distances.map { $0 / (2 * eps) }
      for k in run.numbers {
        let v = weights[k]!.scalars(as: Double.self)
        let numeric = v.indices.reduce(0) { $0 + v[$1] * (high[k][$1] - low[k][$1]) } / (2 * eps)
        let terms = zip(pulled[k]![p], u).map { $0 * $1 }
        let limit = tolerance.along(v, u, terms)
        tally.compare(terms.reduce(0, +), numeric, limit, at: function.place(k, nil, i, nil))
      }
    }
    return tally
  }

  /// A vector of length 1 with no small elements.
  private func direction(_ shape: Shape, seed: Int) -> Tensor {
    let u = signedWeights(shape, seed: seed)
    return u / u.square().sum().sqrt()
  }

  private func sides(of i: Int, _ step: Tensor) -> (high: [[Double]], low: [[Double]], distance: [Double]) {
    let sides = function.sides(of: i, step)
    for outputs in [sides.high, sides.low] {
      require(
        outputs.map(\.count) == run.outputs.map { $0?.elementCount ?? 0 }, function.operation,
        "the outputs change their sizes when input \(i) moves by eps; expected the same")
    }
    return sides
  }
}

/// How far apart two numbers may be.
struct Tolerance {
  let atol: Double
  let rtol: Double

  /// Around an expected number.
  func around(_ expected: Double) -> Double { atol + rtol * abs(expected) }

  /// Of vᵀJu, all of whose entries may be off by ``around(_:)``. The relative part is taken of the sum's terms, as the sum
  /// may be small beside them.
  func along(_ v: [Double], _ u: [Double], _ terms: [Double]) -> Double {
    func size(_ x: [Double]) -> Double { x.reduce(0) { $0 + abs($1) } }
    return atol * size(v) * size(u) + rtol * size(terms)
  }
}
