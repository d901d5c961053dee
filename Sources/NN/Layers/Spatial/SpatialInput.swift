import Autograd
import Tensors

extension Module {
  /// Stops the program, in the name of the layer, unless x is [N, C, spatial…] or, where the batch axis may lack,
  /// [C, spatial…]. With `channels`, C must be that.
  func requireSpatial(_ x: Variable, axes: Int, channels: Int? = nil, mayLackBatch: Bool = true) {
    let isUnbatched = mayLackBatch && x.rank == axes + 1
    let axis = isUnbatched ? 0 : 1
    require(
      (isUnbatched || x.rank == axes + 2) && (channels == nil || x.shape[axis] == channels), "\(type(of: self))",
      "expected input \(spatialPattern(axes, channels, mayLackBatch)), got \(x.shape)")
  }

  /// `[N, 3, H, W] or [3, H, W]`.
  private func spatialPattern(_ axes: Int, _ channels: Int?, _ mayLackBatch: Bool) -> String {
    let names = ["L", "H, W", "D, H, W"][axes - 1]
    let sample = "\(channels.map { "\($0)" } ?? "C"), \(names)"
    return mayLackBatch ? "[N, \(sample)] or [\(sample)]" : "[N, \(sample)]"
  }
}
