import CKernels

extension SIMD8: FloatVector where Scalar == Double {
  package typealias Bits = SIMD8<Int64>

  @inline(__always) package static var lanes: Int { 8 }
  // The standard library's is 0 − a, which loses the sign of zero.
  @inline(__always) package prefix static func - (a: Self) -> Self { adj_f64_negate(a) }
  @inline(__always) package static func muladd(_ a: Self, _ b: Self, _ c: Self) -> Self { adj_f64_muladd(a, b, c) }
  @inline(__always) package static func negmuladd(_ a: Self, _ b: Self, _ c: Self) -> Self {
    adj_f64_negmuladd(a, b, c)
  }
  @inline(__always) package static func fma(_ a: Self, _ b: Self, _ c: Self) -> Self { adj_f64_fma(a, b, c) }
  @inline(__always) package func squareRoot() -> Self { adj_f64_sqrt(self) }
  @inline(__always) package func magnitude() -> Self { adj_f64_abs(self) }
  @inline(__always) package func copyingSign(of other: Self) -> Self { adj_f64_copysign(self, other) }
  @inline(__always) package func roundedDown() -> Self { adj_f64_floor(self) }
  @inline(__always) package func roundedUp() -> Self { adj_f64_ceil(self) }
  @inline(__always) package func roundedToZero() -> Self { adj_f64_trunc(self) }
  @inline(__always) package func roundedToEven() -> Self { adj_f64_roundeven(self) }

  @inline(__always) package static func less(_ a: Self, _ b: Self) -> Bits { adj_f64_less(a, b) }
  @inline(__always) package static func lessEqual(_ a: Self, _ b: Self) -> Bits { adj_f64_lessequal(a, b) }
  @inline(__always) package static func equal(_ a: Self, _ b: Self) -> Bits { adj_f64_equal(a, b) }
  @inline(__always) package static func notEqual(_ a: Self, _ b: Self) -> Bits { adj_f64_notequal(a, b) }
  @inline(__always) package static func select(_ mask: Bits, _ a: Self, _ b: Self) -> Self {
    adj_f64_select(mask, a, b)
  }
  @inline(__always) package static func any(_ mask: Bits) -> Bool { adj_f64_any(mask) }
  @inline(__always) package static func all(_ mask: Bits) -> Bool { adj_f64_all(mask) }
  @inline(__always) package static func sine(where mask: Bits, _ x: Self, _ y: Self) -> Self {
    adj_f64_sin_where(mask, x, y)
  }
  @inline(__always) package static func cosine(where mask: Bits, _ x: Self, _ y: Self) -> Self {
    adj_f64_cos_where(mask, x, y)
  }
  @inline(__always) package static func tangent(where mask: Bits, _ x: Self, _ y: Self) -> Self {
    adj_f64_tan_where(mask, x, y)
  }
  @inline(__always) package static func fmod(where mask: Bits, _ a: Self, _ b: Self, _ y: Self) -> Self {
    adj_f64_fmod_where(mask, a, b, y)
  }
  @inline(__always) package static func evens(_ a: Self, _ b: Self) -> Self { adj_f64_evens(a, b) }
  @inline(__always) package static func odds(_ a: Self, _ b: Self) -> Self { adj_f64_odds(a, b) }

  @inline(__always) package var bits: Bits { adj_f64_bits(self) }
  @inline(__always) package init(bits: Bits) { self = adj_f64_frombits(bits) }
  @inline(__always) package init(converting bits: Bits) { self = adj_f64_fromint(bits) }
  @inline(__always) package static func and(_ a: Bits, _ b: Bits) -> Bits { adj_f64_bits_and(a, b) }
  @inline(__always) package static func or(_ a: Bits, _ b: Bits) -> Bits { adj_f64_bits_or(a, b) }
  @inline(__always) package static func xor(_ a: Bits, _ b: Bits) -> Bits { adj_f64_bits_xor(a, b) }
  @inline(__always) package static func add(_ a: Bits, _ b: Bits) -> Bits { adj_f64_bits_add(a, b) }
  @inline(__always) package static func subtract(_ a: Bits, _ b: Bits) -> Bits { adj_f64_bits_sub(a, b) }
  @inline(__always) package static func shiftLeft(_ a: Bits, _ n: Int32) -> Bits { adj_f64_bits_shl(a, n) }
  @inline(__always) package static func shiftRight(_ a: Bits, _ n: Int32) -> Bits { adj_f64_bits_shr(a, n) }
  @inline(__always) package static func splat(bitPattern: Int) -> Bits {
    Bits(repeating: Int64(truncatingIfNeeded: bitPattern))
  }

  @inline(__always) package static func load(_ p: UnsafePointer<Scalar>) -> Self { adj_f64_load(p) }
  @inline(__always) package static func store(_ v: Self, _ p: UnsafeMutablePointer<Scalar>) { adj_f64_store(v, p) }
  @inline(__always) package static func load(_ p: UnsafePointer<Scalar>, count: Int, fill: Scalar) -> Self {
    adj_f64_load_tail(p, count, fill)
  }
  @inline(__always) package static func store(_ v: Self, _ p: UnsafeMutablePointer<Scalar>, count: Int) {
    adj_f64_store_tail(v, p, count)
  }
  @inline(__always) package static func loadMask(_ p: UnsafePointer<UInt8>) -> Bits { adj_f64_mask_load(p) }
  @inline(__always) package static func storeMask(_ mask: Bits, _ p: UnsafeMutablePointer<UInt8>) {
    adj_f64_mask_store(mask, p)
  }
  @inline(__always) package func sum() -> Scalar { adj_f64_sum(self) }
  @inline(__always) package func prefixSums() -> Self { adj_f64_prefix_sums(self) }
  @inline(__always) package func suffixSums() -> Self { adj_f64_suffix_sums(self) }
  @inline(__always) package func first() -> Self { adj_f64_first(self) }
  @inline(__always) package func last() -> Self { adj_f64_last(self) }
  @inline(__always) package func fold(_ combine: (Self, Self) -> Self) -> Scalar {
    var v = self
    v = combine(v, adj_f64_exchange4(v))
    v = combine(v, adj_f64_exchange2(v))
    v = combine(v, adj_f64_exchange1(v))
    return v.lane0
  }
  @inline(__always) package var lane0: Scalar { adj_f64_lane0(self) }
}
