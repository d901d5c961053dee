import Autograd
import Foundation
import Tensors
import TestSupport

/// An entry of a subscript as the cases encode it.
private struct Entry: ArgumentValue {
  private let name: String
  private let values: [Int?]

  init?(argument: Any) {
    guard let parts = argument as? [Any], let name = parts.first as? String else { return nil }
    self.name = name
    values = parts.dropFirst().map { ($0 as? NSNumber)?.intValue }
  }

  /// The entry itself; arrays are inputs of the case.
  func index(_ inputs: [Variable]) -> any TensorIndex {
    switch name {
    case "int": values[0] ?? 0
    case "slice": AxisSlice(from: values[0], to: values[1], step: values[2] ?? 1)
    case "new": newAxis
    case "ellipsis": ellipsis
    case "bool": values[0] != 0
    default: inputs[values[0] ?? 0].value
    }
  }
}

extension Arguments {
  fileprivate func entries(_ inputs: [Variable]) -> [any TensorIndex] {
    let entries: [Entry] = self["entries"]
    return entries.map { $0.index(inputs) }
  }
}

/// The subscript itself, which takes no array.
private func read(_ x: Variable, _ e: [any TensorIndex]) -> Variable {
  switch e.count {
  case 1: x[e[0]]
  case 2: x[e[0], e[1]]
  case 3: x[e[0], e[1], e[2]]
  case 4: x[e[0], e[1], e[2], e[3]]
  default: x.indexed(by: e)
  }
}

private func write(_ x: Tensor, _ e: [any TensorIndex], _ value: Tensor) -> Tensor {
  var x = x
  switch e.count {
  case 1: x[e[0]] = value
  case 2: x[e[0], e[1]] = value
  case 3: x[e[0], e[1], e[2]] = value
  default: x[e[0], e[1], e[2], e[3]] = value
  }
  return x
}

let indexingOperations: [Operation] = [
  Operation("getitem", "x[…]", "x[…], indexed(by:), sliced(_:)") { x, a in read(x[0], a.entries(x)) },
  Operation("setitem", "x[…] = value", "replacing(at:with:), replacing(indexedBy:with:)") { x, a in
    x[0].replacing(indexedBy: a.entries(x), with: x[1])
  },
  Operation("setitem_in_place", "x[…] = value", "x[…] = value") { x, a in
    write(x[0].value, a.entries(x), x[1].value)
  },
  Operation("index_put_accumulate", "torch.index_put(accumulate=True)", "adding(_:at:), adding(_:indexedBy:)") { x, a in
    x[0].adding(x[1], indexedBy: a.entries(x))
  },
  Operation("read_twice", "x[0] + x[0]", "x[0] + x[0]") { x, _ in x[0][0] + x[0][0] },
  Operation("read_overlapping", "x[:2] * x[-2:]", "x[..<2] * x[(-2)...]") { x, _ in x[0][..<2] * x[0][(-2)...] },
  .binary("take", "take(_:)") { $0.take($1.value) },
  Operation("put", "torch.Tensor.put", "put(_:source:accumulate:)") { x, a in
    x[0].put(x[1].value, source: x[2], accumulate: a["accumulate"])
  },
  Operation("take_along_dim", "torch.take_along_dim", "takeAlongAxis(_:axis:)") { x, a in
    x[0].takeAlongAxis(x[1].value, axis: a[optional: "dim"])
  },
  Operation("unravel_index", "torch.unravel_index", "unravelIndex(_:)") { x, a in
    x[0].value.unravelIndex(Shape(a["shape"] as [Int]))
  },
  Operation("gather", "torch.gather", "gather(axis:index:)") { x, a in x[0].gather(axis: a["dim"], index: x[1].value) },
  Operation("index_select", "torch.index_select", "indexSelect(axis:index:)") { x, a in
    x[0].indexSelect(axis: a["dim"], index: x[1].value)
  },
  // PyTorch adds α·source in one rounding.
  Operation(
    "index_add", "torch.index_add", "indexAdd(axis:index:source:), indexAdd(axis:index:source:alpha:)",
    .ulps(1, of: .atLeast(4))
  ) { x, a in
    let alpha: Double = a["alpha"]
    return alpha == 1
      ? x[0].indexAdd(axis: a["dim"], index: x[1].value, source: x[2])
      : x[0].indexAdd(axis: a["dim"], index: x[1].value, source: x[2], alpha: alpha)
  },
  Operation("index_copy", "torch.index_copy", "indexCopy(axis:index:source:)") { x, a in
    x[0].indexCopy(axis: a["dim"], index: x[1].value, source: x[2])
  },
  Operation("index_fill", "torch.index_fill", "indexFill(axis:index:value:)") { x, a in
    x[0].indexFill(axis: a["dim"], index: x[1].value, value: a["value"] as Double)
  },
  Operation("index_fill_tensor", "torch.index_fill", "indexFill(axis:index:value:)") { x, a in
    x[0].indexFill(axis: a["dim"], index: x[1].value, value: x[2])
  },
  Operation("select_scatter", "torch.select_scatter", "selectScatter(axis:at:source:)") { x, a in
    x[0].selectScatter(axis: a["dim"], at: a["index"], source: x[1])
  },
  Operation("slice_scatter", "torch.slice_scatter", "sliceScatter(axis:from:to:step:source:)") { x, a in
    x[0].sliceScatter(
      axis: a["dim"], from: a[optional: "start"], to: a[optional: "end"], step: a["step"], source: x[1])
  },
  .binary("masked_select", "maskedSelect(_:)") { $0.maskedSelect($1.value) },
  Operation("masked_fill", "torch.masked_fill", "maskedFill(_:_:)") { x, a in
    x[0].maskedFill(x[1].value, a["value"] as Double)
  },
  Operation("masked_fill_tensor", "torch.masked_fill", "maskedFill(_:_:)") { x, _ in
    x[0].maskedFill(x[1].value, x[2])
  },
  Operation("masked_scatter", "torch.masked_scatter", "maskedScatter(_:source:)") { x, _ in
    x[0].maskedScatter(x[1].value, source: x[2])
  },
]
