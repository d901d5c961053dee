import Adjoint

/// What happened to many carts from their start to their loss, the time as first axis.
struct Episodes {
  /// What was seen at each moment by each cart still in play, [m, 4].
  let states: Tensor
  /// What was done then, [m].
  let actions: Tensor
  /// What came of it: the number of moments until the loss, later ones counting less, [m].
  let returns: Tensor
  /// How long each cart lasted, [n].
  let lengths: Tensor

  /// The mean of the lengths.
  var meanLength: Double { lengths.mean().item() }

  /// Plays `count` carts for at most `limit` moments; `choose` gives actions [n] for states [n, 4].
  init(count: Int, limit: Int, discount: Double = 1, _ choose: (Tensor) -> Tensor) {
    var carts = CartPole(count: count)
    var (states, actions, isUp): ([Tensor], [Tensor], [Tensor]) = ([], [], [])
    while states.count < limit, !carts.isOver {
      states.append(carts.state)
      isUp.append(carts.isUp)
      actions.append(choose(carts.state))
      carts.step(actions[actions.count - 1])
    }
    // Backwards: a moment in play is worth 1, and what is to come.
    var returns = isUp
    for t in isUp.indices.dropLast().reversed() { returns[t] += discount * returns[t + 1] }
    let played = Tensor.concatenate(isUp).nonzero().flattened()
    self.states = Tensor.concatenate(states).indexSelect(index: played)
    self.actions = Tensor.concatenate(actions).indexSelect(index: played)
    self.returns = Tensor.concatenate(returns).indexSelect(index: played)
    lengths = Tensor.stack(isUp).sum(axis: 0)
  }
}
