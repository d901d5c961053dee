import Autograd
import Tensors
import TestSupport

/// Moves numbers only, so that values are exact.
let shapeOperations: [Operation] = [
  Operation("reshape", "torch.reshape, Tensor.view", "reshaped(_:)") { x, a in x[0].reshaped(a["shape"] as [Int]) },
  Operation("flatten", "torch.flatten, torch.ravel", "flattened(from:through:)") { x, a in
    x[0].flattened(from: a["start_dim"], through: a["end_dim"])
  },
  Operation("unflatten", "torch.unflatten", "unflattened(axis:into:)") { x, a in
    x[0].unflattened(axis: a["dim"], into: a["sizes"])
  },
  Operation("permute", "torch.permute", "permuted(_:)") { x, a in x[0].permuted(a["dims"]) },
  Operation("transpose", "torch.transpose, torch.swapaxes", "transposed(_:_:)") { x, a in
    x[0].transposed(a["dim0"], a["dim1"])
  },
  Operation("movedim", "torch.movedim, torch.moveaxis", "movedAxis(from:to:)") { x, a in
    x[0].movedAxis(from: a["source"], to: a["destination"])
  },
  Operation("movedims", "torch.movedim, torch.moveaxis", "movedAxes(from:to:)") { x, a in
    x[0].movedAxes(from: a["source"], to: a["destination"])
  },
  Operation("unsqueeze", "torch.unsqueeze", "unsqueezed(axis:)") { x, a in x[0].unsqueezed(axis: a["dim"]) },
  .unary("squeeze", "squeezed()") { $0.squeezed() },
  Operation("squeeze_dim", "torch.squeeze", "squeezed(axis:)") { x, a in x[0].squeezed(axis: a["dim"]) },
  Operation("squeeze_dims", "torch.squeeze", "squeezed(axes:)") { x, a in x[0].squeezed(axes: a["dim"]) },
  .unary("atleast_1d", "atLeast1D()") { $0.atLeast1D() },
  .unary("atleast_2d", "atLeast2D()") { $0.atLeast2D() },
  .unary("atleast_3d", "atLeast3D()") { $0.atLeast3D() },

  Operation("expand", "torch.Tensor.expand", "expanded(_:)") { x, a in x[0].expanded(a["size"] as [Int]) },
  Operation("broadcast_to", "torch.broadcast_to", "broadcast(to:)") { x, a in
    x[0].broadcast(to: Shape(a["size"] as [Int]))
  },
  Operation("broadcast_tensors", "torch.broadcast_tensors", "broadcast(_:)") { x, _ in Variable.broadcast(x) },
  Operation("tile", "torch.tile", "tiled(_:)") { x, a in x[0].tiled(a["dims"]) },
  Operation("repeat", "torch.Tensor.repeat", "repeated(_:)") { x, a in x[0].repeated(a["dims"]) },
  Operation("repeat_interleave", "torch.repeat_interleave", "repeatedInterleaved(_:axis:)") { x, a in
    x[0].repeatedInterleaved(a["repeats"] as Int, axis: a[optional: "dim"])
  },
  Operation("repeat_interleave_counts", "torch.repeat_interleave", "repeatedInterleaved(_:axis:)") { x, a in
    x[0].repeatedInterleaved(x[1].value, axis: a[optional: "dim"])
  },

  Operation("flip", "torch.flip", "flipped(axes:)") { x, a in x[0].flipped(axes: a["dims"]) },
  .unary("fliplr", "fliplr()") { $0.fliplr() },
  .unary("flipud", "flipud()") { $0.flipud() },
  Operation("roll", "torch.roll", "rolled(by:axis:)") { x, a in
    x[0].rolled(by: a["shifts"], axis: a[optional: "dims"])
  },
  Operation("rolls", "torch.roll", "rolled(by:axes:)") { x, a in x[0].rolled(by: a["shifts"], axes: a["dims"]) },
  Operation("rot90", "torch.rot90", "rot90(_:axes:)") { x, a in x[0].rot90(a["k"], axes: a["dims"]) },

  Operation("tril", "torch.tril", "tril(diagonal:)") { x, a in x[0].tril(diagonal: a["diagonal"]) },
  Operation("triu", "torch.triu", "triu(diagonal:)") { x, a in x[0].triu(diagonal: a["diagonal"]) },
  Operation("diagonal", "torch.diagonal", "diagonal(offset:axis1:axis2:)") { x, a in
    x[0].diagonal(offset: a["offset"], axis1: a["dim1"], axis2: a["dim2"])
  },
  Operation("diagonal_scatter", "torch.diagonal_scatter", "diagonalScatter(offset:axis1:axis2:source:)") { x, a in
    x[0].diagonalScatter(offset: a["offset"], axis1: a["dim1"], axis2: a["dim2"], source: x[1])
  },
  Operation("diag", "torch.diag", "diag(diagonal:)") { x, a in x[0].diag(diagonal: a["diagonal"]) },
  Operation("diag_embed", "torch.diag_embed", "diagEmbed(offset:axis1:axis2:)") { x, a in
    x[0].diagEmbed(offset: a["offset"], axis1: a["dim1"], axis2: a["dim2"])
  },
  Operation("diagflat", "torch.diagflat", "diagFlat(offset:)") { x, a in x[0].diagFlat(offset: a["offset"]) },
  Operation("unfold", "torch.Tensor.unfold", "unfolded(axis:size:step:)") { x, a in
    x[0].unfolded(axis: a["dimension"], size: a["size"], step: a["step"])
  },

  Operation("pad", "torch.nn.functional.pad", "padded(_:value:)") { x, a in
    x[0].padded(widths(a), value: a["value"])
  },
  padding("reflect", .reflect), padding("replicate", .replicate), padding("circular", .circular),
]

private func widths(_ a: Arguments) -> [(before: Int, after: Int)] {
  (a["widths"] as [[Int]]).map { ($0[0], $0[1]) }
}

private func padding(_ name: String, _ mode: PaddingMode) -> Operation {
  Operation("pad_\(name)", "torch.nn.functional.pad(mode=\"\(name)\")", "padded(_:mode:value:)") { x, a in
    x[0].padded(widths(a), mode: mode)
  }
}
