import Testing
import Training

@Suite struct DivergenceErrorTests {
  @Test func finiteLossesPass() throws { try DivergenceError.check(1e30, epoch: 1, step: 1) }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func othersSayWhere(_ loss: Double) {
    let expected = DivergenceError(loss: "\(loss)", epoch: 3, step: 12)
    #expect(throws: expected) { try DivergenceError.check(loss, epoch: 3, step: 12) }
    #expect(expected.description.hasPrefix("the loss is \(loss) at epoch 3, step 12;"))
  }
}
