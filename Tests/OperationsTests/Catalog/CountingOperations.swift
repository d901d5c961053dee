import Autograd
import Tensors
import TestSupport

let countingOperations: [Operation] = [
  .unary("nonzero", "nonzero()") { $0.value.nonzero() },
  .unary("argwhere", "nonzero()") { $0.value.nonzero() },
  Operation("nonzero_tuple", "torch.nonzero(as_tuple=True)", "nonzeroPositions()") { x, _ in
    x[0].value.nonzeroPositions()
  },
  Operation("where_positions", "torch.where", "where(_:)") { x, _ in Tensor.where(x[0].value) },
  Operation("one_hot", "torch.nn.functional.one_hot", "oneHot(_:dtype:)") { x, a in
    let classes: Int = a["num_classes"]
    return x[0].value.oneHot(classes < 0 ? nil : classes, dtype: .int64)
  },
  Operation("bincount", "torch.bincount", "bincount(weights:minLength:)") { x, a in
    x[0].bincount(weights: x.count > 1 ? x[1].value : nil, minLength: a["minlength"])
  },
  Operation("histc", "torch.histc", "histc(bins:min:max:)") { x, a in
    x[0].histc(bins: a["bins"], min: a["min"], max: a["max"])
  },
  // The edges are start + i·step, of two roundings.
  Operation("histogram", "torch.histogram", "histogram(bins:range:weights:density:)", .ulps(2, of: .largest)) { x, a in
    let ends: [Double]? = a[optional: "range"]
    let result = x[0].histogram(
      bins: a["bins"], range: ends.map { $0[0]...$0[1] }, weights: x.count > 1 ? x[1].value : nil,
      density: a["density"])
    return [result.counts, result.edges]
  },
  // With a density two divisions.
  Operation("histogram_edges", "torch.histogram", "histogram(edges:weights:density:)", .ulps(2)) { x, a in
    x[0].histogram(edges: x[1].value, weights: x.count > 2 ? x[2].value : nil, density: a["density"])
  },
]
