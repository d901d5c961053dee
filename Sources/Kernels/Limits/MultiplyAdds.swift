import CKernels

/// n times x = x·x + x on 8 independent vectors: as many as hide the latency of two multiply-add units, and no more than
/// AVX2's 16 registers hold, two for each vector.
@inline(__always)
private func multiplyAdds<E: Lane>(_ n: Int, _ x: UnsafeMutablePointer<E>) {
  typealias V = E.Vector
  let start = V.load(x)
  var (v0, v1, v2, v3) = (start, start, start, start)
  var (v4, v5, v6, v7) = (start, start, start, start)
  for _ in 0..<n {
    v0 = V.muladd(v0, v0, v0)
    v1 = V.muladd(v1, v1, v1)
    v2 = V.muladd(v2, v2, v2)
    v3 = V.muladd(v3, v3, v3)
    v4 = V.muladd(v4, v4, v4)
    v5 = V.muladd(v5, v5, v5)
    v6 = V.muladd(v6, v6, v6)
    v7 = V.muladd(v7, v7, v7)
  }
  V.store(((v0 + v1) + (v2 + v3)) + ((v4 + v5) + (v6 + v7)), x)
}

@c(adj_limit_muladd_f32) @inline(__always)
func multiplyAddsF32(_ n: Int, _ x: UnsafeMutablePointer<Float>) { multiplyAdds(n, x) }

@c(adj_limit_muladd_f64) @inline(__always)
func multiplyAddsF64(_ n: Int, _ x: UnsafeMutablePointer<Double>) { multiplyAdds(n, x) }

/// Multiply-adds in registers alone, `steps` times 8 vectors of 64 bytes: what benchmarks measure the processor's peak
/// with. `x` points to one vector.
@inline(never)
package func multiplyAdds(_ kind: ElementKind, steps: Int, _ x: UnsafeMutableRawPointer) {
  switch kind {
  case .float32: adj_limit_muladd_f32_dispatch(steps, x.of(Float.self))
  case .float64: adj_limit_muladd_f64_dispatch(steps, x.of(Double.self))
  default: fatalError("multiply-adds have no integer kernel")
  }
}
