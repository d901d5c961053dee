import Testing

import Tensors

@Suite struct AxisValuesTests {
  /// Five stand inline, more in memory of their own.
  @Test(arguments: 0...9) func holdsAnyNumber(count: Int) {
    var values = AxisValues((0..<count).map { $0 * 10 })
    #expect(values.count == count)
    #expect(values.array == (0..<count).map { $0 * 10 })
    for axis in 0..<count { values[axis] = -axis }
    #expect(values.array == (0..<count).map { -$0 })
    let filled = AxisValues(repeating: 3, count: count) { values in
      for axis in 0..<count where axis % 2 == 0 { values[axis] = values[axis] + axis }
    }
    #expect(filled.array == (0..<count).map { $0 % 2 == 0 ? 3 + $0 : 3 })
    #expect(AxisValues(repeating: 7, count: count).array == Array(repeating: 7, count: count))
  }

  @Test(arguments: 1...9) func equalityAndHashSeeAllValues(count: Int) {
    let a = AxisValues(0..<count)
    for axis in 0..<count {
      var b = a
      #expect(a == b && a.hashValue == b.hashValue)
      b[axis] = 99
      #expect(a != b)
    }
    #expect(a != AxisValues(0..<count + 1))
  }

  /// What lies behind the last value plays no part.
  @Test func shortListsIgnoreUnusedPlaces() {
    let (a, b) = (AxisValues(repeating: 5, count: 2), AxisValues([5, 5]))
    #expect(a == b && a.hashValue == b.hashValue)
  }

  @Test func copiesAreIndependent() {
    for count in [5, 8] {
      let a = AxisValues(1...count)
      var b = a
      b[4] = 9
      #expect(a[4] == 5 && b[4] == 9)
    }
  }
}
