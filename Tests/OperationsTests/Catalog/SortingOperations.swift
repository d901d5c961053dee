import Autograd
import Tensors
import TestSupport

private func sort(_ x: Variable, _ a: Arguments) -> (values: Variable, indices: Tensor) {
  x.sort(axis: a["dim"], descending: a["descending"])
}

/// Both outputs.
private func outputs(_ result: (values: Variable, indices: Tensor)) -> [Variable] {
  [result.values, Variable(result.indices)]
}

private func outputs(_ found: UniqueElements) -> [Tensor] { [found.values, found.inverse, found.counts] }

let sortingOperations: [Operation] = [
  Operation("sort", "torch.sort(stable=True)", "sort(axis:descending:)") { x, a in outputs(sort(x[0], a)) },
  Operation("argsort", "torch.argsort(stable=True)", "argsort(axis:descending:)") { x, a in
    x[0].argsort(axis: a["dim"], descending: a["descending"])
  },
  Operation("sorted", "torch.sort().values", "sorted(axis:descending:)") { x, a in
    x[0].sorted(axis: a["dim"], descending: a["descending"])
  },
  Operation("topk", "torch.topk", "topK(_:axis:largest:)") { x, a in
    outputs(x[0].topK(a["k"], axis: a["dim"], largest: a["largest"]))
  },
  .unary("unique", "unique()") { outputs($0.unique()) },
  Operation("unique_dim", "torch.unique(dim)", "unique(axis:)") { x, a in outputs(x[0].unique(axis: a["dim"])) },
  .unary("unique_consecutive", "uniqueConsecutive()") { outputs($0.uniqueConsecutive()) },
  Operation("unique_consecutive_dim", "torch.unique_consecutive(dim)", "uniqueConsecutive(axis:)") { x, a in
    outputs(x[0].uniqueConsecutive(axis: a["dim"]))
  },
  Operation("searchsorted", "torch.searchsorted", "searchSorted(_:right:sorter:)") { x, a in
    x[0].searchSorted(x[1].value, right: a["right"])
  },
  Operation("searchsorted_sorter", "torch.searchsorted(sorter)", "searchSorted(_:right:sorter:)") { x, a in
    x[0].searchSorted(x[1].value, right: a["right"], sorter: x[0].argsort())
  },
  Operation("bucketize", "torch.bucketize", "bucketize(_:right:)") { x, a in
    x[0].bucketize(x[1].value, right: a["right"])
  },
  Operation("isin", "torch.isin", "isIn(_:invert:)") { x, a in x[0].isIn(x[1].value, invert: a["invert"]) },
]
