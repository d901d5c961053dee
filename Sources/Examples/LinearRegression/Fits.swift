import Adjoint

/// What a way of fitting y = x·w + b has found.
struct Fit {
  /// The way.
  let name: String
  /// w and then b, [features + 1, 1].
  let coefficients: Tensor
  /// The mean squared error before each step.
  let losses: [Double]

  init(_ name: String, w: Tensor, b: Tensor, losses: [Double]) {
    (self.name, coefficients, self.losses) = (name, Tensor.concatenate([w, b.reshaped([1, 1])]), losses)
  }
}

/// Gradient descent written out: `backward()` applies the chain rule, the rest is arithmetic.
func fitByHand(_ x: Tensor, _ y: Tensor, steps: Int, lr: Double) throws -> Fit {
  let w = Variable(.zeros([x.shape[1], 1]), requiresGrad: true)
  let b = Variable(.zeros([1]), requiresGrad: true)
  var losses: [Double] = []
  for step in 1...steps {
    let error = Variable(x).matmul(w) + b - Variable(y)
    let loss = (error * error).mean()
    loss.backward()
    for parameter in [w, b] {
      parameter.value -= lr * parameter.grad!.value
      parameter.zeroGrad()
    }
    losses.append(loss.item())
    try DivergenceError.check(loss.item(), epoch: step, step: 1)
  }
  return Fit("by hand", w: w.value, b: b.value, losses: losses)
}

/// The same with the loss and the update out of the library: the numbers agree with those by hand.
func fitWithSGD(_ x: Tensor, _ y: Tensor, steps: Int, lr: Double) throws -> Fit {
  let w = Variable(.zeros([x.shape[1], 1]), requiresGrad: true)
  let b = Variable(.zeros([1]), requiresGrad: true)
  let optimizer = SGD([w, b], lr: lr)
  var losses: [Double] = []
  for step in 1...steps {
    let loss = mseLoss(Variable(x).matmul(w) + b, y)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    try DivergenceError.check(loss.item(), epoch: step, step: 1)
  }
  return Fit("SGD", w: w.value, b: b.value, losses: losses)
}

/// The parameters out of the library too, in a layer that starts at random; and the optimizer of most networks.
func fitWithAdam(_ x: Tensor, _ y: Tensor, steps: Int, lr: Double) throws -> Fit {
  let model = Linear(x.shape[1], 1)
  let optimizer = Adam(model.parameters(), lr: lr, amsgrad: true)
  var losses: [Double] = []
  for step in 1...steps {
    let loss = mseLoss(model(x), y)
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
    try DivergenceError.check(loss.item(), epoch: step, step: 1)
  }
  return Fit("Adam", w: model.weight.value.transposed(0, 1), b: model.bias!.value, losses: losses)
}
