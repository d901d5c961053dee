import Adjoint

/// Layers of sigmoids of these widths, then one score a class; without a hidden layer, a perceptron.
///
/// Weights start four times as large as for tanh, whose slope at 0 is four times a sigmoid's: otherwise the layers' outputs
/// hardly differ from point to point, and learning stands still for hundreds of steps.
func sigmoidNetwork(hidden: [Int]) -> Sequential {
  let model = Sequential {
    for (inputs, outputs) in zip([2] + hidden, hidden) {
      Linear(inputs, outputs)
      Sigmoid()
    }
    Linear(hidden.last ?? 2, 2)
  }
  for (name, parameter) in model.namedParameters() where name.hasSuffix("weight") {
    parameter.initialize { Initializer.xavierNormal($0, gain: 4, dtype: $1) }
  }
  return model
}

/// A network and what became of it.
struct Trained {
  let model: Sequential
  /// The mean of −ln p of the true class, before each step.
  let losses: [Double]

  /// Gradient descent, each step over all points.
  init(_ model: Sequential, on data: TensorDataset, steps: Int, lr: Double) throws {
    let optimizer = SGD(model.parameters(), lr: lr)
    self.model = model
    losses = try (1...steps).map { step in
      let loss = crossEntropy(model(data.inputs), data.targets)
      optimizer.zeroGrad()
      loss.backward()
      optimizer.step()
      try DivergenceError.check(loss.item(), epoch: step, step: 1)
      return loss.item()
    }
  }

  /// The share of points that get their own colour.
  func accuracy(on data: TensorDataset) -> Double { noGrad { Adjoint.accuracy(model(data.inputs), data.targets) } }

  /// What it says about points [N, 2]: the classes' probabilities, [N, 2].
  func probabilities(_ points: Tensor) -> Tensor { model(points).value.softmax(axis: 1) }
}
