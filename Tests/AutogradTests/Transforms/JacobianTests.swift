import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct JacobianTests {
  /// torch.autograd.functional.jacobian(f, (x, y))
  @Test(arguments: [JacobianMode.reverse, .forward]) func isPyTorchs(_ mode: JacobianMode) {
    let result = jacobian(at: [Sample.x, Sample.y], mode: mode, of: Sample.f)
    expectNear(
      result[0][0], [2, 2, 3],
      [
        0.0021954951327910867, -0.0043909902655821734, 0.008781980531164347, 0, 0, 0, 0, 0, 0, 0.21347332877616684,
        -0.4269466575523337, 0.8538933151046674,
      ])
    expectNear(
      result[0][1], [2, 3],
      [
        0.003659158554651811, -0.007318317109303622, 0.014636634218607244, 1.0673666438808342, 0.1778944406468057,
        -0.5336833219404171,
      ])
    expectNear(
      result[1][0], [3, 2, 3],
      [
        0.16399069203514577, 0, 0, 0.16399069203514577, 0, 0, 0, -0.28229619338823037, 0, 0, -0.28229619338823037, 0,
        0, 0, 1.613408065321703, 0, 0, 1.613408065321703,
      ])
    expectNear(
      result[1][1], [3, 3],
      [
        2.915390080624814, 0, 0, 1.5683121854901687, -0.3528702417352879, 0, 4.4816890703380645, 0,
        1.680633401376774,
      ])
  }

  @Test(arguments: [JacobianMode.reverse, .forward]) func shapesAndConstants(_ mode: JacobianMode) {
    let x = Variable([[1.0, 2], [3, 4], [5, 6]], dtype: .float64)
    #expect(jacobian(at: x, mode: mode) { $0.sum() }.shape == [3, 2])
    #expect(jacobian(at: x, mode: mode) { $0.sum(axis: 0, keepDims: true) }.shape == [1, 2, 3, 2])
    #expect(jacobian(at: x, mode: mode) { $0[..<0] }.shape == [0, 2, 3, 2])
    #expect(jacobian(at: Variable(.zeros([0, 2])), mode: mode) { $0.sum(axis: 0) }.shape == [2, 0, 2])
    let constant = jacobian(at: x, mode: mode) { _ in Variable([1.0, 2], dtype: .float64) }
    #expect(constant.value == Tensor.zeros([2, 3, 2], dtype: .float64))
    let matrix = Tensor([[1.0, -2, 3], [0, 5, -6]], dtype: .float64)
    #expect(
      jacobian(at: Variable([1.0, 1, 1], dtype: .float64), mode: mode) { Variable(matrix).matmul($0) }.value == matrix)
  }

  /// The Jacobian of x³ is diag(3x²); the gradient of the sum of its entries is 6x.
  @Test(arguments: [JacobianMode.reverse, .forward]) func isDifferentiable(_ mode: JacobianMode) {
    let x = Variable([1.0, 2, -3], requiresGrad: true)
    let matrix = jacobian(at: x, mode: mode, createGraph: true) { $0 * $0 * $0 }
    #expect(matrix.value == Tensor([[3.0, 0, 0], [0, 12, 0], [0, 0, 27]]))
    matrix.sum().backward()
    #expect(x.grad?.value.scalars() == [6.0, 12, -18])
    #expect(!jacobian(at: x, mode: mode) { $0 * $0 }.requiresGrad)
    #expect(noGrad { jacobian(at: x, mode: mode, createGraph: true) { $0 * $0 } }.requiresGrad)
  }

  /// Calls the function once, however many rows there are.
  @Test func callsTheFunctionOnce() {
    var calls = 0
    _ = jacobian(at: Sample.y) { y in
      calls += 1
      return y.exp()
    }
    #expect(calls == 1)
  }
}
