import Autograd
import Tensors

/// y = (x − mean)/√(variance + eps)·weight + bias, the moments over each sample's channels of one group and all positions:
/// [N, C, ..] → the same. Floating point only.
///
/// Weight and bias are [C], 1 and 0 at first. One group is layer norm over all but the batch axis, C groups are instance
/// norm. Wu, He, "Group Normalization", 2018, arXiv:1803.08494.
public final class GroupNorm: Module {
  /// [C], or nil.
  public let weight: Variable?
  /// [C], or nil.
  public let bias: Variable?
  /// The number of groups.
  public let numGroups: Int
  /// C.
  public let numChannels: Int
  /// What is added to the variance.
  public let eps: Double

  /// `numChannels` channels, axis 1 of the input, in `numGroups` equal groups; without `affine` no weight and bias.
  public init(
    _ numGroups: Int, _ numChannels: Int, eps: Double = 1e-5, affine: Bool = true, bias: Bool = true,
    dtype: DType = .float32
  ) {
    require(
      numGroups > 0 && numChannels > 0 && numChannels % numGroups == 0, "GroupNorm",
      "\(numChannels) channels in \(numGroups) groups; expected a positive multiple of the groups")
    (self.numGroups, self.numChannels, self.eps) = (numGroups, numChannels, eps)
    weight = affine ? Variable(.ones([numChannels], dtype: dtype), requiresGrad: true) : nil
    self.bias = affine && bias ? Variable(.zeros([numChannels], dtype: dtype), requiresGrad: true) : nil
  }

  public override func forward(_ x: Variable) -> Variable {
    require(
      x.rank >= 2 && x.shape[1] == numChannels, "GroupNorm", "expected input [N, \(numChannels), *], got \(x.shape)")
    return x.groupNorm(numGroups: numGroups, weight: weight, bias: bias, eps: eps)
  }

  public override var extraDescription: String {
    "\(numGroups), \(numChannels), eps=\(eps), affine=\((weight != nil).python), bias=\((bias != nil).python)"
  }
}
