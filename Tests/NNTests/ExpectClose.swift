import Tensors
import TestSupport
import Testing

/// Expects two tensors of one dtype to agree within `limit` units of the last place of each element, or of `floor` where
/// the element is smaller.
func expectClose(
  _ actual: Tensor, _ expected: Tensor, within limit: Double, floor: Double = 1, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let distance = ulps(actual, expected, as: expected.dtype, floor: floor)
  #expect(actual.dtype == expected.dtype, "\(what)", sourceLocation: sourceLocation)
  #expect(distance <= limit, "\(what)", sourceLocation: sourceLocation)
}
