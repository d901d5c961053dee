import Autograd
import Tensors
import TestSupport

/// A sum for the mean and one for the deviation, a difference and two products; derivatives subtract two sums more.
private let normalized = Tolerance.ulps(6, of: .largest, gradient: 24)
/// The same over three elements, of whose second derivatives a tenth is left.
private let grouped = Tolerance.ulps(6, of: .largest, gradient: 64)

private func parameter(_ x: [Variable], _ i: Int) -> Variable? { x.count > i ? x[i] : nil }

let groupNormOperations: [Operation] = [
  Operation("group_norm", "torch.nn.functional.group_norm", "groupNorm(numGroups:weight:bias:eps:)", grouped) {
    x, a in
    x[0].groupNorm(
      numGroups: a["num_groups"], weight: parameter(x, 1), bias: parameter(x, 2), eps: a["eps", default: 1e-5])
  },
  Operation("instance_norm", "torch.nn.functional.instance_norm", "instanceNorm(weight:bias:eps:)", grouped) {
    x, a in
    x[0].instanceNorm(weight: parameter(x, 1), bias: parameter(x, 2), eps: a["eps", default: 1e-5])
  },
  Operation("rms_norm", "torch.nn.functional.rms_norm", "rmsNorm(normalizedShape:weight:eps:)", normalized) { x, a in
    x[0].rmsNorm(
      normalizedShape: Shape(a["normalized_shape"] as [Int]), weight: parameter(x, 1), eps: a[optional: "eps"])
  },
  Operation(
    "local_response_norm", "torch.nn.functional.local_response_norm", "localResponseNorm(size:alpha:beta:k:)",
    normalized
  ) { x, a in
    x[0].localResponseNorm(
      size: a["size"], alpha: a["alpha", default: 1e-4], beta: a["beta", default: 0.75], k: a["k", default: 1])
  },
]
