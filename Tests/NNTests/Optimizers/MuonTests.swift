import Autograd
import NN
import Tensors
import TestSupport
import Testing

@Suite struct MuonTests {
  private func step(
    _ gradient: Tensor, _ make: ([Variable]) -> Muon = { Muon($0, lr: 1, weightDecay: 0) }
  ) -> Tensor {
    let w = Variable(gradient.zerosLike(), requiresGrad: true)
    let optimizer = make([w])
    w.grad = Variable(gradient)
    optimizer.step()
    return w.value
  }

  /// The polynomial that is applied five times brings singular values that are not tiny between 0.68 and 1.14.
  @Test(arguments: [[3, 5], [5, 3], [4, 4], [1, 6]] as [Shape])
  func theSingularValuesOfAStepAreNearOne(_ shape: Shape) {
    let gradient = Tensor.randn(shape, dtype: .float64, generator: Generator(seed: 3))
    let update = step(gradient) / max(1, Double(shape[0]) / Double(shape[1])).squareRoot()
    for value in update.svdvals().scalars(as: Double.self) { #expect((0.67...1.15).contains(value)) }
    // A step down: against the gradient.
    #expect((update * gradient).sum().item() < 0.0)
  }

  @Test func maximizingIsMinimizingTheNegative() {
    let gradient = Tensor.randn([3, 2], generator: Generator(seed: 4))
    let up = step(gradient) { Muon($0, lr: 0.5, maximize: true) }
    #expect(up == step(-gradient) { Muon($0, lr: 0.5) })
    #expect(up != step(gradient) { Muon($0, lr: 0.5) })
  }

  @Test func aGradientOfZerosMovesNothing() {
    #expect(step(.zeros([2, 3])) == .zeros([2, 3]))
    #expect(step(.zeros([0, 3])).shape == [0, 3])
  }

  @Test func refusesOtherRanksInAddedGroups() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Muon([]).addParameterGroup(.init([Variable(Tensor.zeros([2, 3, 4]), requiresGrad: true)], .init()))
    }
    expectMessage(result, "Muon", "a parameter of shape [2, 3, 4]; expected matrices")
  }
}
