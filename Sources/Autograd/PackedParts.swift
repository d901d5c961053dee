import Tensors

/// Several results of one operation as one: the operation is then one node, whose pullback gets all gradients at once and
/// all outputs, without a cycle of references among them.
///
/// The parts have the same leading axes; the rest of each stands flat along the last axis.
struct PackedParts {
  private let batch: Shape
  private let shapes: [Shape]

  /// Parts of these shapes, the first `batchRank` axes being common.
  init(_ parts: [Tensor], batchRank: Int) {
    batch = Shape(parts[0].shape.prefix(batchRank))
    shapes = parts.map(\.shape)
  }

  func packed(_ parts: [Tensor]) -> Tensor {
    Tensor.concatenate(
      parts.map { $0.reshaped(Shape(batch + [$0.shape.dropFirst(batch.rank).reduce(1, *)])) }, axis: -1)
  }

  func parts(_ packed: Variable) -> [Variable] {
    var start = 0
    return shapes.map { shape in
      let count = shape.dropFirst(batch.rank).reduce(1, *)
      defer { start += count }
      return packed.sliced([.ellipsis, .slice(from: start, to: start + count, step: 1)]).reshaped(shape)
    }
  }

  /// Records an operation of one input with several results; the pullback gets (gradients, results).
  static func record(
    _ name: StaticString, _ values: [Tensor], _ x: Variable,
    _ pullback: @escaping ([Variable], [Variable]) -> Variable
  ) -> [Variable] {
    guard x.isRecorded else { return values.map { Variable($0) } }
    let packing = PackedParts(values, batchRank: x.rank - 2)
    let whole = Variable.record(name, packing.packed(values), keepingOutputOf: x) { g, y in
      pullback(packing.parts(g), packing.parts(y))
    }
    return packing.parts(whole)
  }
}

extension Variable {
  /// Whether an operation on this variable enters a graph.
  var isRecorded: Bool { node != nil && isGradEnabled }
}
