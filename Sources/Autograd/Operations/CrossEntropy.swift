import Tensors

extension Variable {
  /// y = ln Σ eˣ − x at the label, along the class axis: −ln softmax(x) at the label.  ∂L/∂x = g·(softmax(x) − one-hot).
  ///
  /// The labels are `.int64` of the shape without the class axis, in 0..<classes, or negative where a line counts for
  /// nothing: its loss and gradient are 0. [N, C, ..], [N, ..] → [N, ..].
  package func crossEntropy(axis: Int, labels: Tensor) -> Variable {
    let x = saved
    let (losses, shifts, tails) = timed { value.crossEntropy(axis: axis, labels: labels) }
    return Variable.record("crossEntropy", losses, self) { $0.crossEntropyGradient(x, axis, labels, shifts, tails) }
  }

  /// d = g·(p − one-hot), p the softmax.  ∂L/∂g = Σ v·(p − one-hot), ∂L/∂x = p·(u − Σ u·p) with u = v·g; both 0 where the
  /// label is negative.
  private func crossEntropyGradient(_ x: Saved, _ axis: Int, _ labels: Tensor, _ shifts: Tensor, _ tails: Tensor)
    -> Variable
  {
    let g = saved
    let counted = { (labels .>= 0).to(x.value.dtype) }
    return Variable.record(
      "crossEntropyGradient",
      x.value.crossEntropyGradient(axis: axis, labels: labels, shifts: shifts, tails: tails, value), self,
      { v in
        let classes = Tensor.arange(x.value.shape[axis]).reshaped(
          Shape((0..<x.value.rank).map { $0 == axis ? x.value.shape[axis] : 1 }))
        let oneHot = (labels.unsqueezed(axis: axis) .== classes).to(x.value.dtype)
        return (v * (x.variable.softmax(axis: axis) - Variable(oneHot))).sum(axis: axis) * Variable(counted())
      }, x.variable,
      { v in
        let p = x.variable.softmax(axis: axis)
        let u = v * (g.variable * Variable(counted())).unsqueezed(axis: axis)
        return p * (u - (u * p).sum(axis: axis, keepDims: true))
      })
  }
}

package let crossEntropyProbes: [Probe] = [
  Probe("crossEntropy", [.init([3, 4])]) { $0[0].crossEntropy(axis: 1, labels: Tensor([2, 0, 3])) },
  Probe("crossEntropy of images", [.init([2, 3, 2])]) {
    $0[0].crossEntropy(axis: 1, labels: Tensor([[2, -1], [0, 1]]))
  },
]
