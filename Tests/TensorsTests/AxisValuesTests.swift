import Testing

import Tensors

@Suite struct AxisValuesTests {
  /// Four stand inline, more in an array.
  @Test(arguments: 0...7) func holdsAnyNumber(count: Int) {
    var values = AxisValues((0..<count).map { $0 * 10 })
    #expect(values.count == count)
    #expect(values.array == (0..<count).map { $0 * 10 })
    for axis in 0..<count { values[axis] = -axis }
    #expect(values.array == (0..<count).map { -$0 })
    #expect(AxisValues(repeating: 7, count: count).array == Array(repeating: 7, count: count))
  }

  @Test(arguments: 1...6) func equalityAndHashSeeAllValues(count: Int) {
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
    let a = AxisValues([1, 2, 3, 4, 5])
    var b = a
    b[4] = 9
    #expect(a[4] == 5 && b[4] == 9)
  }
}
