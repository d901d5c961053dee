import Kernels

/// The elementwise part of a recurrent network's step in one kernel, and its way back, for rows of n hidden features.
extension Tensor {
  /// Long short-term memory: from the gates' two parts x and h·Wᵀ [rows, 4n] (i, f, g, o) and c [rows, n] to
  /// c′ = σ(f)·c + σ(i)·tanh(g), h′ = σ(o)·tanh(c′), and what the way back needs besides c.
  package static func lstmStep(
    _ x: Tensor, _ product: Tensor, _ c: Tensor
  ) -> (h: Tensor, c: Tensor, saved: Tensor) {
    let (x, product, c) = (x.contiguous, product.contiguous, c.contiguous)
    let (h, next) = (Tensor(uninitializedLike: c), Tensor(uninitializedLike: c))
    let saved = Tensor(uninitialized: [c.shape[0], 5 * c.shape[1]], c.dtype)
    withExtendedLifetime((x, product, c)) {
      Kernels.lstmStep(
        c.dtype.kind, rows: c.shape[0], c.shape[1], x.data, product.data, c.data, saved: saved.freshData,
        h: h.freshData,
        next: next.freshData)
    }
    return (h, next, saved)
  }

  /// From ∂L/∂h′ and ∂L/∂c′ to those of the gates, [rows, 4n], and of c.
  package static func lstmStepGradient(
    _ gh: Tensor, _ gc: Tensor, saved: Tensor, c: Tensor
  ) -> (gates: Tensor, c: Tensor) {
    let (gh, gc, c) = (gh.contiguous, gc.contiguous, c.contiguous)
    let gates = Tensor(uninitialized: [c.shape[0], 4 * c.shape[1]], c.dtype)
    let previous = Tensor(uninitializedLike: c)
    withExtendedLifetime((gh, gc, c, saved)) {
      Kernels.lstmStepGradient(
        c.dtype.kind, rows: c.shape[0], c.shape[1], gh.data, gc.data, saved: saved.data, c.data,
        gates: gates.freshData, previous: previous.freshData)
    }
    return (gates, previous)
  }

  /// Gated recurrent units: from the gates' two parts x and p = h·Wᵀ + b [rows, 3n] (r, z, n) and h [rows, n] to
  /// h′ = (1 − σ(z))·n′ + σ(z)·h, n′ = tanh(xₙ + σ(r)·pₙ), and what the way back needs besides h.
  package static func gruStep(_ x: Tensor, _ product: Tensor, _ h: Tensor) -> (h: Tensor, saved: Tensor) {
    let (x, product, h) = (x.contiguous, product.contiguous, h.contiguous)
    let next = Tensor(uninitializedLike: h)
    let saved = Tensor(uninitialized: [h.shape[0], 4 * h.shape[1]], h.dtype)
    withExtendedLifetime((x, product, h)) {
      Kernels.gruStep(
        h.dtype.kind, rows: h.shape[0], h.shape[1], x.data, product.data, h.data, saved: saved.freshData,
        next: next.freshData)
    }
    return (next, saved)
  }

  /// From ∂L/∂h′ to those of x and p, [rows, 3n], and of h past p.
  package static func gruStepGradient(
    _ g: Tensor, saved: Tensor, h: Tensor
  ) -> (x: Tensor, product: Tensor, h: Tensor) {
    let (g, h) = (g.contiguous, h.contiguous)
    let gates = [h.shape[0], 3 * h.shape[1]] as Shape
    let (x, product) = (Tensor(uninitialized: gates, h.dtype), Tensor(uninitialized: gates, h.dtype))
    let previous = Tensor(uninitializedLike: h)
    withExtendedLifetime((g, h, saved)) {
      Kernels.gruStepGradient(
        h.dtype.kind, rows: h.shape[0], h.shape[1], g.data, saved: saved.data, h.data, x: x.freshData,
        product: product.freshData, previous: previous.freshData)
    }
    return (x, product, previous)
  }
}
