import Adjoint

/// What recording an operation costs beside its arithmetic.
extension Workload {
  static let overhead = [
    // No closure saves anything.
    chain("chain100") { y, x in y + x },
    // Two closures that save an operand each.
    chain("multiply100") { y, x in y * x },
    // One closure that gets the operation's output.
    chain("tanh100") { y, _ in y.tanh() },
  ]

  /// 100 operations on 4 elements, and the way back through them.
  private static func chain(
    _ name: String, _ operation: @escaping @Sendable (_ y: Variable, _ x: Variable) -> Variable
  ) -> Workload {
    Workload(name: "overhead/\(name)") {
      (
        100,
        {
          let x = Variable(Tensor.ones([4]), requiresGrad: true)
          var y = x
          for _ in 0..<100 { y = operation(y, x) }
          y.sum().backward()
        }
      )
    }
  }
}
