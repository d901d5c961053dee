import Autograd
import Tensors

/// ``Dropout`` of whole channels of sequences: in training, each is zeroed with probability p and the others are scaled by
/// 1/(1 − p); in evaluation, the identity. [N, C, L] → [N, C, L], or [C, L] → [C, L].
///
/// J. Tompson et al., Efficient Object Localization Using Convolutional Networks, arXiv:1411.4280.
public final class Dropout1d: DropoutLayer {
  public override func forward(_ x: Variable) -> Variable {
    require(x.rank == 2 || x.rank == 3, "Dropout1d", "expected input [N, C, L] or [C, L], got \(x.shape)")
    return droppingChannels(of: x, channelAxis: x.rank - 2)
  }
}

/// ``Dropout`` of whole channels of images: in training, each is zeroed with probability p and the others are scaled by
/// 1/(1 − p); in evaluation, the identity. [N, C, H, W] → [N, C, H, W]; three axes are [N, C, L], as in PyTorch.
///
/// J. Tompson et al., Efficient Object Localization Using Convolutional Networks, arXiv:1411.4280.
public final class Dropout2d: DropoutLayer {
  public override func forward(_ x: Variable) -> Variable {
    require(x.rank == 3 || x.rank == 4, "Dropout2d", "expected input [N, C, H, W] or [N, C, L], got \(x.shape)")
    return droppingChannels(of: x, channelAxis: 1)
  }
}

/// ``Dropout`` of whole channels of volumes: in training, each is zeroed with probability p and the others are scaled by
/// 1/(1 − p); in evaluation, the identity. [N, C, D, H, W] → the same, or [C, D, H, W] → the same.
///
/// J. Tompson et al., Efficient Object Localization Using Convolutional Networks, arXiv:1411.4280.
public final class Dropout3d: DropoutLayer {
  public override func forward(_ x: Variable) -> Variable {
    require(x.rank == 4 || x.rank == 5, "Dropout3d", "expected input [N, C, D, H, W] or [C, D, H, W], got \(x.shape)")
    return droppingChannels(of: x, channelAxis: x.rank - 4)
  }
}

extension DropoutLayer {
  /// What dropout of whole channels multiplies by is drawn once for all that follows the channel's axis.
  fileprivate final func droppingChannels(of x: Variable, channelAxis: Int) -> Variable {
    if isIdentity { return x }
    let mask = x.shape.channels(channelAxis)
    return x * Variable(Tensor.dropoutMask(mask, p, dtype: x.dtype, generator: generator))
  }
}

extension Shape {
  /// With size 1 on every axis behind that of the channels.
  func channels(_ axis: Int) -> Shape { Shape(indices.map { $0 > axis ? 1 : self[$0] }) }
}
