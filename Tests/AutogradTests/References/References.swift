import Foundation
import Tensors

/// An input as plain numbers, for the naive loops below.
struct Values {
  let shape: [Int]
  let elements: [Double]

  init(_ tensor: Tensor) { (shape, elements) = (Array(tensor.shape), tensor.scalars(as: Double.self)) }

  /// The element at an index; sizes of 1 repeat, and missing leading axes too.
  subscript(index: [Int]) -> Double {
    var flat = 0
    for (axis, size) in shape.enumerated() {
      let i = index[index.count - shape.count + axis]
      flat = flat * size + (size == 1 ? 0 : i)
    }
    return elements[flat]
  }
}

/// Every index of a shape, in row-major order.
func indices(_ shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { partial, size in partial.flatMap { index in (0..<size).map { index + [$0] } } }
}

typealias Reference = @Sendable ([Values]) -> [Double]

func elementwise(_ f: @escaping @Sendable (Double) -> Double) -> Reference { { $0[0].elements.map(f) } }

func broadcastPairs(_ f: @escaping @Sendable (Double, Double) -> Double) -> Reference {
  { x in indices([2, 4, 3]).map { f(x[0][$0], x[1][$0]) } }
}

/// Elements of the result at every index of `shape`.
func at(_ shape: [Int], _ f: @escaping @Sendable ([Values], [Int]) -> Double) -> Reference {
  { x in indices(shape).map { f(x, $0) } }
}

/// Σ or max over the entries of one input for which `keep` holds.
func over(_ shape: [Int], _ keep: ([Int]) -> Bool, _ x: Values) -> [Double] {
  indices(shape).filter(keep).map { x[$0] }
}

func product(_ m: Int, _ k: Int, _ n: Int, _ a: (Int, Int) -> Double, _ b: (Int, Int) -> Double) -> [Double] {
  indices([m, n]).map { ij in (0..<k).reduce(0) { $0 + a(ij[0], $1) * b($1, ij[1]) } }
}

/// What each probe must give, by libm in float64 and naive loops.
let references: [String: Reference] = [
  activationReferences,
  arithmeticReferences,
  attentionReferences,
  convolutionReferences,
  linearAlgebraReferences,
  indexingReferences,
  matmulReferences,
  movementReferences,
  poolingReferences,
  normalizationReferences,
  reductionReferences,
  shapeReferences,
].reduce(into: [:]) { all, family in all.merge(family) { a, _ in a } }
