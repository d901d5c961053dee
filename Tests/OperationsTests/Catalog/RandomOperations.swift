import Autograd
import Tensors
import TestSupport

/// Numbers of a distribution for a shape, times 0: what is left is the shape and the dtype.
private func shapes(
  _ name: String, _ torch: String, _ adjoint: String, _ draw: @escaping @Sendable (Shape, DType) -> Tensor
) -> Operation {
  Operation(name, torch, "Tensor.\(adjoint)", .equal) { _, a in draw(Shape(a["shape"] as [Int]), a["dtype"]) * 0 }
}

/// Where the parameters leave nothing to chance.
let randomOperations: [Operation] = [
  shapes("rand", "torch.rand", "rand(_:)") { .rand($0, dtype: $1) },
  shapes("randn", "torch.randn", "randn(_:)") { .randn($0, dtype: $1) },
  shapes("exponential", "torch.Tensor.exponential_", "exponential(_:rate:)") { .exponential($0, rate: 3, dtype: $1) },
  shapes("cauchy", "torch.Tensor.cauchy_", "cauchy(_:location:scale:)") {
    .cauchy($0, location: 1, scale: 2, dtype: $1)
  },
  shapes("log_normal", "torch.Tensor.log_normal_", "logNormal(_:mean:std:)") {
    .logNormal($0, mean: 1, std: 0.5, dtype: $1)
  },
  shapes("geometric", "torch.Tensor.geometric_", "geometric(_:probability:)") {
    .geometric($0, probability: 0.3, dtype: $1)
  },
  shapes("trunc_normal", "torch.nn.init.trunc_normal_", "truncatedNormal(_:mean:std:low:high:)") {
    .truncatedNormal($0, dtype: $1)
  },
  shapes("laplace", "torch.distributions.Laplace", "laplace(_:location:scale:)") { .laplace($0, dtype: $1) },
  shapes("gamma", "torch.distributions.Gamma", "gamma(_:concentration:rate:)") {
    .gamma($0, concentration: 2, rate: 3, dtype: $1)
  },
  shapes("beta", "torch.distributions.Beta", "beta(_:a:b:)") { .beta($0, a: 2, b: 3, dtype: $1) },
  Operation("uniform", "torch.Tensor.uniform_", "Tensor.uniform(_:low:high:)") { _, a in
    Tensor.uniform(Shape(a["shape"] as [Int]), low: 2, high: 2, dtype: a["dtype"])
  },
  Operation("randint", "torch.randint", "Tensor.randint(_:low:high:)") { _, a in
    Tensor.randint(Shape(a["shape"] as [Int]), low: 3, high: 4)
  },
  // PyTorch's quotient of a number by itself is not always 1.
  Operation("dirichlet", "torch.distributions.Dirichlet", "Tensor.dirichlet(concentration:)", .ulps(1)) { x, _ in
    Tensor.dirichlet(concentration: x[0].value)
  },
  Operation("categorical", "torch.distributions.Categorical", "Tensor.categorical(probabilities:)") { x, _ in
    Tensor.categorical(probabilities: x[0].value)
  },
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
  Operation("randn_like", "torch.randn_like", "randnLike()", .equal) { x, _ in x[0].randnLike() * 0 },
  Operation("randint_like", "torch.randint_like", "randintLike(low:high:)") { x, a in
    x[0].randintLike(low: a["low"], high: a["high"])
  },
  Operation("dropout", "torch.nn.functional.dropout", "dropout(_:training:), dropoutMask(_:_:)") { x, a in
    x[0].dropout(a["p"], training: a["training"])
  },
]
