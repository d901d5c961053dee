import Autograd
import Tensors

/// Where the parameters leave nothing to chance.
let randomOperations: [Operation] = [
  .unary("bernoulli", "bernoulli()") { $0.bernoulli() },
  .unary("poisson", "Tensor.poisson(rate:)") { Tensor.poisson(rate: $0.value) },
  .binary("binomial", "Tensor.binomial(count:probability:)") {
    Tensor.binomial(count: $0.value, probability: $1.value)
  },
  .binary("normal", "Tensor.normal(mean:std:)") { Tensor.normal(mean: $0.value, std: $1.value) },
  Operation("multinomial", "torch.multinomial", "Tensor.multinomial(_:count:replacement:)") { x, a in
    Tensor.multinomial(x[0].value, count: a["num_samples"], replacement: a["replacement", default: false])
  },
  Operation("randperm", "torch.randperm", "Tensor.randperm(_:)") { _, a in Tensor.randperm(a["n"]) },
  Operation("rand_like", "torch.rand_like", "randLike()") { x, _ in x[0].randLike() * 0 },
  Operation("randn_like", "torch.randn_like", "randnLike()") { x, _ in x[0].randnLike() * 0 },
  Operation("randint_like", "torch.randint_like", "randintLike(low:high:)") { x, a in
    x[0].randintLike(low: a["low"], high: a["high"])
  },
  Operation("dropout", "torch.nn.functional.dropout", "dropout(_:training:)") { x, a in
    x[0].dropout(a["p"], training: a["training"])
  },
]
