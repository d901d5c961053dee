import Autograd
import Tensors
import TestSupport

let softmaxOperations: [Operation] = [
  // exp and a sum of some ten terms.
  Operation("softmax", "torch.softmax", "softmax(axis:)", .ulps(8)) { x, a in x[0].softmax(axis: a["dim"]) },
  Operation("log_softmax", "torch.log_softmax", "logSoftmax(axis:)", .ulps(8, of: .atLeast(1))) { x, a in
    x[0].logSoftmax(axis: a["dim"])
  },
  Operation("logsumexp", "torch.logsumexp", "logSumExp(axes:keepDims:)", .ulps(8, of: .atLeast(1))) { x, a in
    x[0].logSumExp(axes: a["dim"], keepDims: a["keepdim", default: false])
  },
]
