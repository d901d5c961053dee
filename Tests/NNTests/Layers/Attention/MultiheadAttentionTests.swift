import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct MultiheadAttentionTests {
  private static func input(_ shape: Shape, seed: UInt64 = 1) -> Variable {
    Variable(.randn(shape, dtype: .float64, generator: Generator(seed: seed)))
  }

  @Test func hasPyTorchsNamesAndInitialValues() throws {
    let layer = MultiheadAttention(embedDim: 16, numHeads: 4, addBiasKV: true, generator: Generator(seed: 1))
    #expect(
      layer.namedParameters().map(\.name) == [
        "in_proj_weight", "in_proj_bias", "bias_k", "bias_v", "out_proj.weight", "out_proj.bias",
      ])
    let weight = try #require(layer.inProjWeight).value.scalars(as: Double.self)
    // Uniform on ±√(6/(16 + 48)); the extremes of 768 draws come within 5 % of it but for one seed in 10⁸.
    let bound = (6.0 / 64).squareRoot()
    #expect(weight.allSatisfy { abs($0) < bound } && (weight.max() ?? 0) > 0.95 * bound)
    #expect(layer.inProjBias?.value == .zeros([48]) && layer.outProj.bias?.value == .zeros([16]))
    let split = MultiheadAttention(embedDim: 16, numHeads: 4, bias: false, vdim: 3)
    #expect(
      split.namedParameters().map(\.name) == ["q_proj_weight", "k_proj_weight", "v_proj_weight", "out_proj.weight"])
    #expect(split.namedParameters().map(\.parameter.shape) == [[16, 16], [16, 16], [16, 3], [16, 16]])
    #expect(split.kdim == 16 && split.vdim == 3)
  }

  /// The attention of blocks and that of whole matrices of scores are two computations.
  @Test func theResultDoesNotDependOnTheWeightsBeingAskedFor() {
    let layer = MultiheadAttention(embedDim: 4, numHeads: 2, batchFirst: true, dtype: .float64)
    let x = Self.input([2, 3, 4])
    let blind = Tensor([[true, true, true], [false, true, false], [false, false, false]])
    for (mask, isCausal) in [(blind, false), (nil, true), (blind, true)] as [(Tensor?, Bool)] {
      let (with, weights) = layer(x, x, x, attnMask: mask, isCausal: isCausal)
      let (without, none) = layer(x, x, x, needWeights: false, attnMask: mask, isCausal: isCausal)
      expectClose(with.value, without.value, within: 8, "\(isCausal)")
      #expect(weights?.shape == [2, 3, 3] && none == nil)
    }
  }

  /// One product with the packed weight for one variable, three for equal ones.
  @Test(arguments: [true, false]) func oneInputIsLikeThreeEqualOnes(batchFirst: Bool) throws {
    let layer = MultiheadAttention(embedDim: 4, numHeads: 2, batchFirst: batchFirst, dtype: .float64)
    let weight = try #require(layer.inProjWeight)
    let x = (0..<3).map { _ in Self.input([3, 2, 4]) }
    let gradients = [[x[0], x[0], x[0]], x].map { inputs in
      layer.zeroGrad()
      let (y, _) = layer(inputs[0], inputs[1], inputs[2])
      (y * Self.input([3, 2, 4], seed: 2)).sum().backward()
      return (y.value, weight.grad?.value ?? y.value)
    }
    expectClose(gradients[0].0, gradients[1].0, within: 8, "output")
    expectClose(gradients[0].1, gradients[1].1, within: 8, "gradient")
  }

  /// PyTorch gives NaN with weights, and without them this.
  @Test func aQueryThatSeesNothingGetsTheLastBias() throws {
    let layer = MultiheadAttention(embedDim: 4, numHeads: 2, dtype: .float64)
    let bias = try #require(layer.outProj.bias)
    bias.value = Tensor([1, 2, 3, 4], dtype: .float64)
    let x = Self.input([3, 1, 4])
    let hidden = Tensor.ones([3, 3], dtype: .bool)
    for needsWeights in [true, false] {
      let (y, weights) = layer(x, x, x, needWeights: needsWeights, attnMask: hidden)
      #expect(y.value == bias.value.expanded([3, 1, 4]))
      if needsWeights { #expect(weights?.value == .zeros([1, 3, 3], dtype: .float64)) }
    }
  }

  /// Extra keys are behind no mask, and the causal flag is about the others.
  @Test func extraKeysAreAlwaysSeen() throws {
    let layer = MultiheadAttention(embedDim: 4, numHeads: 2, addBiasKV: true, addZeroAttn: true, dtype: .float64)
    let x = Self.input([3, 1, 4])
    let weights = try #require(layer(x, x, x, isCausal: true).weights).value[0]
    #expect(weights.shape == [3, 5])
    let isSeen = Tensor([
      [true, false, false, true, true], [true, true, false, true, true], [true, true, true, true, true],
    ])
    #expect((weights .> 0) == isSeen)
  }

  @Test func weightsAreDroppedInTrainingOnly() throws {
    let (n, p) = (60, 0.25)
    let layer = MultiheadAttention(
      embedDim: 2, numHeads: 1, dropout: p, batchFirst: true, dtype: .float64, generator: Generator(seed: 8))
    let x = Self.input([1, n, 2])
    let dropped = try #require(layer(x, x, x).weights).value
    let blocks = layer(x, x, x, needWeights: false).output.value
    layer.eval()
    let whole = try #require(layer(x, x, x).weights).value
    let factors = (dropped / whole).scalars(as: Double.self)
    #expect(factors.allSatisfy { $0 == 0 || abs($0 - 1 / (1 - p)) < 1e-12 })
    // Five standard deviations of a binomial count.
    let share = Double(factors.count { $0 == 0 }) / Double(n * n)
    #expect(abs(share - p) < 5 * (p * (1 - p)).squareRoot() / Double(n))
    #expect(blocks != layer(x, x, x, needWeights: false).output.value)
  }

  @Test func aMaskMayBeTrained() throws {
    let layer = MultiheadAttention(embedDim: 4, numHeads: 2, dtype: .float64)
    let x = Self.input([3, 1, 4])
    let mask = Variable(.zeros([3, 3], dtype: .float64), requiresGrad: true)
    (layer(x, x, x, needWeights: false, attnMask: mask).output * Self.input([3, 1, 4], seed: 2)).sum().backward()
    let gradient = try #require(mask.grad?.value)
    // Of a softmax: the sum along a row is 0, the row is not.
    #expect(gradient.sum(axis: 1).abs().max().item() < 1e-15)
    #expect(gradient.abs().max().item() > 1e-4)
  }

  /// A float32 mask, as PyTorch's scripts make it, for a float64 layer.
  @Test func masksTakeTheDTypeOfTheScores() {
    let layer = MultiheadAttention(embedDim: 4, numHeads: 2, dtype: .float64)
    let x = Self.input([3, 1, 4])
    let mask = Transformer.generateSquareSubsequentMask(3)
    expectClose(
      layer(x, x, x, attnMask: mask).output.value, layer(x, x, x, isCausal: true).output.value, within: 4, "causal")
  }
}
