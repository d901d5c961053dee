import TestSupport
import Testing

import Tensors

@Suite struct IndexSelectTests {
  private let cube = Tensor.arange(24).reshaped([2, 3, 4])

  @Test(arguments: DType.allCases) func takesRows(dtype: DType) {
    let x = Tensor([[0, 1], [1, 1], [0, 0]]).to(dtype)
    #expect(x.indexSelect(index: Tensor([2, 0, 0, 1])) == Tensor([[0, 0], [0, 1], [0, 1], [1, 1]]).to(dtype))
  }

  @Test(arguments: [0, 1, 2, -1]) func takesSlicesAlongAnyAxis(axis: Int) {
    let index = Tensor([1, 0, 1], dtype: .int32)
    let expected = Tensor.concatenate(
      [1, 0, 1].map { cube.along(axis < 0 ? axis + 3 : axis, $0..<$0 + 1) }, axis: axis)
    #expect(cube.indexSelect(axis: axis, index: index) == expected)
  }

  @Test func takesTensorsWithGapsInMemory() {
    let turned = cube.transposed()
    #expect(
      turned.indexSelect(axis: 1, index: Tensor([2, 1])) == turned.copied().indexSelect(axis: 1, index: Tensor([2, 1])))
    #expect(cube[1].indexSelect(index: Tensor([2]).expanded([2]))[1] == cube[1, 2])
  }

  @Test func takesNothingAndFromNothing() {
    #expect(cube.indexSelect(axis: 1, index: Tensor([Int]())).shape == [2, 0, 4])
    #expect(Tensor.zeros([0, 3]).indexSelect(index: Tensor([Int]())).shape == [0, 3])
    #expect(Tensor.zeros([3, 0]).indexSelect(index: Tensor([2, 0])).shape == [2, 0])
  }

  @Test func refusesWhatIsNoPosition() async {
    let high = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 2]).indexSelect(index: Tensor([0, 3]))
    }
    expectMessage(high, "indexSelect", "index 3 on axis 0 of shape [3, 2] is out of range; expected 0..<3")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 2]).indexSelect(axis: 1, index: Tensor([-1]))
    }
    expectMessage(negative, "indexSelect", "index -1 on axis 1 of shape [3, 2] is out of range; expected 0..<2")
    let matrix = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 2]).indexSelect(index: Tensor([[0]]))
    }
    expectMessage(matrix, "indexSelect", "index int64[1, 1]; expected a vector")
  }

  @Test(arguments: [0, 1, 2, -1]) func addsSlicesAlongAnyAxis(axis: Int) {
    let (index, at) = ([1, 0, 1], axis < 0 ? axis + 3 : axis)
    for (name, x) in layouts(cube) {
      let source = x.indexSelect(axis: axis, index: Tensor(index)) + 100
      var expected = NaiveArray(x)
      for p in positions(Array(source.shape)) {
        var target = p
        target[at] = index[p[at]]
        expected[target] += NaiveArray(source)[p]
      }
      let before = x.copied()
      #expect(NaiveArray(x.indexAdd(axis: axis, index: Tensor(index), source: source)) == expected, "\(name)")
      #expect(x == before, "\(name)")
    }
  }

  @Test func refusesToAddWhatDoesNotFit() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 2]).indexAdd(index: Tensor([0, 1]), source: Tensor.zeros([3, 2]))
    }
    expectMessage(shape, "indexAdd", "[3, 2]", "axis 0", "[2, 2]")
    let position = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([3, 2]).indexAdd(index: Tensor([3]), source: Tensor.zeros([1, 2]))
    }
    expectMessage(position, "indexAdd", "index 3 on axis 0 of shape [3, 2] is out of range; expected 0..<3")
  }
}
