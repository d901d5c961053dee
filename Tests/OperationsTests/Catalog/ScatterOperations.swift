import Autograd
import Tensors
import TestSupport

extension ScatterReduction: ArgumentValue {
  package init?(argument: Any) {
    guard let name = argument as? String else { return nil }
    self.init(rawValue: name)
  }
}

let scatterOperations: [Operation] = [
  Operation("scatter", "torch.scatter", "scatter(axis:index:source:)") { x, a in
    x[0].scatter(axis: a["dim"], index: x[1].value, source: x[2])
  },
  Operation("scatter_value", "torch.scatter", "scatter(axis:index:value:)") { x, a in
    x[0].scatter(axis: a["dim"], index: x[1].value, value: a["value"] as Double)
  },
  Operation("scatter_add", "torch.scatter_add", "scatterAdd(axis:index:source:)") { x, a in
    x[0].scatterAdd(axis: a["dim"], index: x[1].value, source: x[2])
  },
  Operation("scatter_reduce", "torch.scatter_reduce", "scatterReduce(axis:index:source:reduce:includeSelf:)") { x, a in
    x[0].scatterReduce(
      axis: a["dim"], index: x[1].value, source: x[2], reduce: a["reduce"], includeSelf: a["include_self"])
  },
  Operation("index_reduce", "torch.index_reduce", "indexReduce(axis:index:source:reduce:includeSelf:)") { x, a in
    x[0].indexReduce(
      axis: a["dim"], index: x[1].value, source: x[2], reduce: a["reduce"], includeSelf: a["include_self"])
  },
]
