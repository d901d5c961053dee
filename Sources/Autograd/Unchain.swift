import Tensors

extension Variable {
  /// Cuts off, in place, the history behind this variable: it keeps its value and becomes a constant, a leaf that requires
  /// no gradient. PyTorch's `detach_()`; ``detached()`` gives a new variable instead.
  ///
  /// Backpropagation through time is truncated by it: carry the state on, and no sweep goes further back than to where the
  /// state was unchained.
  ///
  /// ```swift
  /// for chunk in chunks {
  ///   var loss = Variable(0.0)
  ///   for x in chunk {
  ///     state = cell(x, state)
  ///     loss = loss + readout(state)
  ///   }
  ///   loss.backward()
  ///   optimizer.step()
  ///   optimizer.zeroGrad()
  ///   state.unchain()
  /// }
  /// ```
  ///
  /// Only this variable changes. Results that were computed from it before still lead to its history, which is freed with
  /// the last of them; those that are computed afterwards don't. Its ``grad`` and its hooks stay with the history.
  public func unchain() { exchange(Saved(value: value, node: nil)) }
}
