import Adjoint

/// What recording an operation costs beside its arithmetic.
extension Workload {
  static let overhead = [
    Workload(name: "overhead/chain100") {
      (
        100,
        {
          let x = Variable(Tensor.ones([4]), requiresGrad: true)
          var y = x
          for _ in 0..<100 { y = y + x }
          y.sum().backward()
        }
      )
    }
  ]
}
