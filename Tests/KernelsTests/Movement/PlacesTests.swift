import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct PlacesTests {
  /// Offsets into an array of 3 x 7 x 10 whose axis 1 is indexed, and every second column read.
  private let outer: [Int64] = [140, 0]
  private let inner: [Int64] = [0, 2, 4, 6, 8]

  private func withPlaces(_ outer: [Int64], _ places: [Int64], _ inner: [Int64]?, count: Int, _ body: (Places) -> Void)
  {
    outer.withUnsafeBufferPointer { outer in
      places.withUnsafeBufferPointer { places in
        guard let inner else { return body(Places(outer: outer, places: places, inner: nil, innerCount: count)) }
        inner.withUnsafeBufferPointer {
          body(Places(outer: outer, places: places, inner: $0.baseAddress, innerCount: count))
        }
      }
    }
  }

  private func check<E: Element & Numeric>(_ inner: [Int64]?, count: Int, _ places: [Int64], _ value: (Int) -> E) {
    let (x, columns) = ((0..<210).map(value), (inner ?? (0..<10).map { $0 }).prefix(count))
    let named = outer.flatMap { o in places.flatMap { p in columns.map { Int(o + p + $0) } } }
    withPlaces(outer, places, inner, count: count) { at in
      #expect(output(named.count) { gather(E.kind, at, x, $0) } == named.map { x[$0] })
      let values = named.indices.map { value($0 % 5) }
      var (put, sums) = (x, x)
      for (i, place) in named.enumerated() { (put[place], sums[place]) = (values[i], sums[place] + values[i]) }
      let written: [E] = output(x.count) { y in
        y.update(from: x, count: x.count)
        Kernels.put(E.kind, at, values, y)
      }
      #expect(written == put)
      let added: [E] = output(x.count) { y in
        y.update(from: x, count: x.count)
        putAdding(E.kind, at, values, y)
      }
      #expect(added == sums)
    }
  }

  private func checkAll<E: Element & Numeric>(_ value: @escaping (Int) -> E) {
    for places: [Int64] in [[60, 0, 60, 10], [], [30]] {
      check(nil, count: 10, places, value)
      check(nil, count: 1, places, value)
      check(inner, count: 5, places, value)
      check(inner, count: 0, places, value)
    }
  }

  @Test func elementsAreReadPutAndAdded() {
    checkAll { Float($0) }
    checkAll { Double($0) }
    checkAll { Int32($0) }
    checkAll { Int64($0) }
    checkAll { UInt8($0 % 40) }
  }

  @Test func truthValuesAreOred() {
    withPlaces([0], [1, 1, 0], nil, count: 1) { places in
      let y: [UInt8] = output(3) { y in
        y.update(from: [0, 0, 1], count: 3)
        putAdding(.bool, places, [UInt8(1), 0, 0], y)
      }
      #expect(y == [0, 1, 1])
    }
  }

  /// (rows of the result, positions, row length): one of them long, so that each is cut into pieces.
  @Test(arguments: [(3, 200, 100), (1, 40_000, 1), (40_000, 3, 1), (1, 3, 40_000)])
  func resultsAreTheSameForAnyNumberOfThreads(shape: (Int, Int, Int)) {
    let (rows, count, n) = shape
    var samples = Samples()
    let lines = 5
    let outer = (0..<rows).map { Int64($0 * lines * n) }
    let places: [Int64] = samples.integers(count, in: 0...Int64(lines - 1)).map { $0 * Int64(n) }
    let x: [Float] = samples.floats(rows * count * n)
    var (sums, last) = ([Float](repeating: 0, count: rows * lines * n), [Float](repeating: 0, count: rows * lines * n))
    for o in 0..<rows {
      for (p, place) in places.enumerated() {
        for i in 0..<n {
          let (at, from) = (Int(outer[o] + place) + i, (o * count + p) * n + i)
          sums[at] += x[from]
          last[at] = x[from]
        }
      }
    }
    withPlaces(outer, places, nil, count: n) { at in
      let results: [([Float], [Float], [Float])] = withThreadCounts {
        let added: [Float] = output(sums.count) { y in
          y.update(repeating: 0, count: sums.count)
          putAdding(.float32, at, x, y)
        }
        let put: [Float] = output(sums.count) { y in
          y.update(repeating: 0, count: sums.count)
          Kernels.put(.float32, at, x, y)
        }
        return (added, put, output(x.count) { gather(.float32, at, last, $0) })
      }
      for (added, put, read) in results {
        #expect(added == sums && put == last)
        #expect(read == results[0].2)
      }
    }
  }
}
