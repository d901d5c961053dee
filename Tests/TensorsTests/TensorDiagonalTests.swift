import TestSupport
import Testing

import Tensors

@Suite struct TensorDiagonalTests {
  @Test func diagonalsAreViews() {
    for (name, x) in layouts(counting([3, 4])) {
      for offset in -4...5 {
        let expected = (0..<3).filter { (0..<4).contains($0 + offset) }.map { Float(4 * $0 + $0 + offset) }
        let diagonal = x.diagonal(offset: offset)
        #expect(diagonal.scalars() == expected, "\(name) \(offset)")
        #expect(diagonal.storage === x.storage)
      }
    }
    #expect(counting([2, 2]).diagonal(offset: .min).shape == [0])
  }

  @Test func wrongAxesStop() async {
    let same = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2, 3]).diagonal(axis1: 1, axis2: -1)
    }
    expectMessage(same, "diagonal", "[1, -1]", "[2, 3]", "twice")
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([2]).diagonal()
    }
    expectMessage(vector, "diagonal", "axis 1", "[2]")
    let scalar = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor(1).diagEmbed()
    }
    expectMessage(scalar, "diagEmbed", "[]", "one axis")
  }
}
