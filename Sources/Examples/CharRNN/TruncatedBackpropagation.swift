import Adjoint

/// Backpropagation through time, truncated: a long text is read a window at a time, with a step of the optimizer for each.
/// The state goes on from window to window; detached, it carries what was read but no gradient, so that the backward pass
/// ends where its window begins.
///
/// R. J. Williams and J. Peng, "An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network
/// Trajectories", 1990, doi:10.1162/neco.1990.2.4.490.
struct TruncatedBackpropagation {
  let model: CharacterModel
  let windows: TextStreams
  let optimizer: Adam
  let scheduler: CosineAnnealingLR

  init(_ model: CharacterModel, _ windows: TextStreams, lr: Double, epochs: Int) {
    (self.model, self.windows) = (model, windows)
    optimizer = Adam(model.parameters(), lr: lr)
    scheduler = CosineAnnealingLR(optimizer, tMax: epochs * windows.count)
  }

  /// A pass over the text, every stream from its beginning: the mean loss.
  func pass(_ epoch: Int, _ progress: inout ProgressBar) throws -> Double {
    progress.begin(epoch: epoch)
    var (state, total, count) = (CharacterModel.State?.none, 0.0, 0)
    for (step, (x, y)) in windows.enumerated() {
      optimizer.zeroGrad()
      let (logits, next) = model(x, state)
      let loss = crossEntropy(logits.flattened(through: 1), y.flattened())
      loss.backward()
      clipGradNorm(model.parameters(), maxNorm: 1)
      optimizer.step()
      scheduler.step()
      state = next.map { $0.detached() }
      try DivergenceError.check(loss.item(), epoch: epoch, step: step + 1)
      (total, count) = (total + loss.item() * Double(y.elementCount), count + y.elementCount)
      progress.advance(samples: y.elementCount, [.init("loss", loss.item())])
    }
    return total / Double(count)
  }
}
