import Autograd
import Tensors
import TestSupport

let creationOperations: [Operation] = [
  Operation("zeros", "torch.zeros", "zeros(_:dtype:)") { _, a in
    Tensor.zeros(Shape(a["size"] as [Int]), dtype: a["dtype", default: .float32])
  },
  Operation("ones", "torch.ones", "ones(_:dtype:)") { _, a in
    Tensor.ones(Shape(a["size"] as [Int]), dtype: a["dtype", default: .float32])
  },
  Operation("full", "torch.full", "full(_:_:dtype:)") { _, a in
    let shape = Shape(a["size"] as [Int])
    return switch a["kind", default: "float"] {
    case "int": Tensor.full(shape, a["fill_value"] as Int)
    case "bool": Tensor.full(shape, a["fill_value"] as Int != 0)
    default: Tensor.full(shape, a["fill_value"] as Double, dtype: a[optional: "dtype"])
    }
  },
  Operation("arange", "torch.arange", "arange(_:_:step:dtype:)") { _, a in
    Tensor.arange(a["start"] as Int, a["end"], step: a["step"], dtype: a["dtype", default: .int64])
  },
  Operation("arange_float", "torch.arange", "arange(_:_:step:dtype:)") { _, a in
    Tensor.arange(a["start"] as Double, a["end"], step: a["step"], dtype: a["dtype", default: .float32])
  },
  // start + i·step, which PyTorch rounds once and Adjoint twice.
  Operation("linspace", "torch.linspace", "linspace(_:_:_:dtype:)", .ulps(1)) { _, a in
    Tensor.linspace(a["start"], a["end"], a["steps"], dtype: a["dtype", default: .float32])
  },
  // Two powers within 1.3 ulp, of exponents e that differ by one: |e·ln base| ≤ 5.6 ulp of the power.
  Operation("logspace", "torch.logspace", "logspace(_:_:_:base:dtype:)", .ulps(8)) { _, a in
    Tensor.logspace(a["start"], a["end"], a["steps"], base: a["base"], dtype: a["dtype", default: .float32])
  },
  Operation("eye", "torch.eye", "eye(_:_:dtype:)") { _, a in
    Tensor.eye(a["n"], a["m"], dtype: a["dtype", default: .float32])
  },
  Operation("zeros_like", "torch.zeros_like", "zerosLike(dtype:)") { x, a in x[0].zerosLike(dtype: a[optional: "dtype"])
  },
  Operation("ones_like", "torch.ones_like", "onesLike(dtype:)") { x, a in x[0].onesLike(dtype: a[optional: "dtype"]) },
  Operation("full_like", "torch.full_like", "fullLike(_:dtype:)") { x, a in
    x[0].fullLike(a["fill_value"] as Double, dtype: a[optional: "dtype"])
  },
  Operation("tril_indices", "torch.tril_indices", "trilIndices(_:_:offset:dtype:)") { _, a in
    Tensor.trilIndices(a["row"], a["col"], offset: a["offset"], dtype: a["dtype", default: .int64])
  },
  Operation("triu_indices", "torch.triu_indices", "triuIndices(_:_:offset:dtype:)") { _, a in
    Tensor.triuIndices(a["row"], a["col"], offset: a["offset"], dtype: a["dtype", default: .int64])
  },
  // The same products in the same order.
  Operation("vander_columns", "torch.vander", "vander(_:increasing:)") { x, a in
    x[0].vander(a[optional: "N"], increasing: a["increasing"])
  },
]
