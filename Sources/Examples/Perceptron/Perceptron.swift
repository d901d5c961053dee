import Adjoint
import ExampleSupport

/// p = softmax(x·W + b): the probabilities of classes, from weights that start at random.
struct Perceptron {
  let w: Variable
  let b: Variable

  /// A perceptron from points of so many coordinates to so many classes.
  init(_ inputs: Int, _ classes: Int) {
    w = Variable(.randn([inputs, classes]), requiresGrad: true)
    b = Variable(.randn([classes]), requiresGrad: true)
  }

  /// Points [N, inputs] → x·W + b, [N, classes].
  func scores(_ x: Variable) -> Variable { x.matmul(w) + b }

  /// Points [N, inputs] → probabilities [N, classes], each row with the sum 1.
  func callAsFunction(_ x: Variable) -> Variable { scores(x).softmax(axis: 1) }

  /// J = −ΣΣ c·ln p: how surprising the true classes c are, [N, classes] with a one in each row.
  func loss(_ x: Variable, _ c: Variable) -> Variable { -(c * self(x).log()).sum() }

  /// Lowers J by gradient descent.
  ///
  /// - Returns: J before each step.
  func learn(_ x: Variable, _ c: Variable, steps: Int, lr: Double) throws -> [Double] {
    let optimizer = SGD([w, b], lr: lr)
    return try (1...steps).map { step in
      let j = loss(x, c)
      optimizer.zeroGrad()
      j.backward()
      optimizer.step()
      try DivergenceError.check(j.item(), epoch: step, step: 1)
      if step == 1 || step % max(1, steps / 10) == 0 { print("step \(step)  J \(fixed(j.item(), 4))") }
      return j.item()
    }
  }

  /// The line on which two classes are equally probable: n₁·x₁ + n₂·x₂ + d = 0.
  var boundary: (n1: Double, n2: Double, d: Double) {
    let (w, b) = (w.value.scalars(as: Double.self), b.value.scalars(as: Double.self))
    return (w[0] - w[1], w[2] - w[3], b[0] - b[1])
  }
}
