import Tensors
import Testing

import Autograd

/// Gradients of functions of two numbers at their awkward places.
@Suite struct PairGradientTests {
  private func gradients(_ a: Double, _ b: Double, _ f: (Variable, Variable) -> Variable) -> [Double] {
    let x = [a, b].map { Variable($0, requiresGrad: true, dtype: .float64) }
    return grad(of: f(x[0], x[1]), withRespectTo: x).map { $0.item() }
  }

  @Test func powerOfZero() {
    #expect(gradients(0, 0) { $0.pow($1) } == [0, 0])
    #expect(gradients(0, 2) { $0.pow($1) } == [0, 0])
    #expect(gradients(2, 0) { $0.pow($1) }[0] == 0)
  }

  /// Squares of these sides overflow, or vanish.
  @Test(arguments: [1e-200, 1e200]) func anglesOfAnySize(side: Double) {
    let (da, db) = (gradients(side, side) { $0.atan2($1) }[0], gradients(side, side) { $0.atan2($1) }[1])
    #expect(abs(da * side - 0.5) < 1e-15 && abs(db * side + 0.5) < 1e-15)
    #expect(gradients(0, 0) { $0.atan2($1) } == [0, 0])
  }

  /// The quotient 3·0.1/0.1 is rounded to 3 although 0.1 goes into 0.30000000000000004 three times, and so on.
  @Test func fmodCountsWholeDivisors() {
    for k in 1...100 {
      let (a, b) = (Double(k) * 0.1, 0.1)
      let whole = ((a - a.truncatingRemainder(dividingBy: b)) / b).rounded()
      #expect(gradients(a, b) { $0.fmod($1) } == [1, -whole])
    }
  }

  /// Where the extremum is NaN, the gradient goes to what is NaN, as with `torch.max`.
  @Test func extremaOfNaN() {
    for f in [{ $0.max() }, { $0.min() }, { $0.median() }] as [(Variable) -> Variable] {
      let x = Variable([1, Double.nan, 2], requiresGrad: true, dtype: .float64)
      #expect(grad(of: f(x), withRespectTo: [x])[0].value.scalars() == [0.0, 1, 0])
    }
  }
}
