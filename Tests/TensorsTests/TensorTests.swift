import TestSupport
import Testing

import Tensors

@Suite struct TensorTests {
  private func shareMemory(_ a: Tensor, _ b: Tensor) -> Bool { a.storage === b.storage }

  @Test func copiesShareMemoryUntilOneIsChanged() {
    let a = counting([2, 3])
    var b = a
    #expect(shareMemory(a, b))
    b[0, 0] = Tensor(9.0)
    #expect(!shareMemory(a, b))
    #expect(a == counting([2, 3]))
    #expect(b.scalars() == [9, 1, 2, 3, 4, 5] as [Float])
  }

  @Test func changingAViewLeavesItsSource() {
    let a = counting([2, 3])
    for view in [a[0], a.transposed(), a.reshaped([3, 2]), a.expanded([2, 2, 3]), a[ellipsis, 1], a.flattened()] {
      #expect(shareMemory(a, view))
      var changed = view
      changed[0] = Tensor(9.0)
      #expect(a == counting([2, 3]))
      #expect(changed != view)
    }
  }

  @Test func changingTheSourceLeavesItsViews() {
    var a = counting([2, 3])
    let (row, flipped) = (a[1], a.transposed())
    a[1] = Tensor(-1.0)
    #expect(row.scalars() == [3, 4, 5] as [Float])
    #expect(flipped.scalars() == [0, 3, 1, 4, 2, 5] as [Float])
    #expect(a.scalars() == [0, 1, 2, -1, -1, -1] as [Float])
  }

  @Test func compoundAssignmentLeavesCopies() {
    var a = counting([4])
    let b = a
    a += b
    a *= a
    #expect(a.scalars() == [0, 4, 16, 36] as [Float])
    #expect(b == counting([4]))
  }

  @Test func theOnlyOwnerIsChangedInPlace() {
    var a = counting([2, 3])
    let address = a.data
    a[1, 2] = Tensor(7.0)
    a += counting([2, 3])
    a.withMutableData { $0.storeBytes(of: 5, as: Float.self) }
    #expect(a.data == address)
    #expect(a.scalars() == [5, 2, 4, 6, 8, 12] as [Float])
  }

  @Test func mutableDataOfASharedViewIsACopy() {
    let a = counting([2, 3])
    var column = a[0..., 1]
    column.withMutableData { $0.storeBytes(of: 9, as: Float.self) }
    #expect(column.scalars() == [9, 4] as [Float])
    #expect(a == counting([2, 3]))
  }

  @Test func contiguity() {
    let a = counting([2, 3, 4])
    #expect(a.isContiguous && a[1].isContiguous && a[0..<1].isContiguous && a.reshaped([6, 4]).isContiguous)
    #expect(!a.transposed().isContiguous && !a[ellipsis, 0..<2].isContiguous && !a[AxisSlice(step: -1)].isContiguous)
    #expect(!Tensor(1.0).expanded([3]).isContiguous && Tensor(1.0).expanded([1, 1]).isContiguous)
    // Axes of size 1 may have any stride; no elements have no gaps.
    #expect(a[0..., 0..<1, 0..<1].transposed(0, 2)[0].isContiguous == false)
    #expect(a[0..<1, 0..<1].transposed(0, 1).isContiguous)
    #expect(a[ellipsis, 0..<0].transposed().isContiguous)
  }

  @Test func copiedHasMemoryOfItsOwnAndTheSameElements() {
    for (name, layout) in layouts(counting([3, 4])) {
      let copy = layout.copied()
      #expect(copy == counting([3, 4]) && copy.isContiguous && !shareMemory(copy, layout), "\(name)")
    }
    let a = counting([2])
    #expect(shareMemory(a.contiguous, a))
  }

  @Test func aThousandViewsOfAViewStillReadRight() {
    var x = counting([30, 30])
    for _ in 0..<9 { x = x.transposed()[1..., 1...].transposed()[AxisSlice(step: -1), AxisSlice(step: -1)] }
    #expect(x.shape == [21, 21])
    // Each round cuts one row and column and turns by 180°: 4 cuts at the far end, 5 at the near.
    #expect(x[0, 0].item() == Double((30 - 1 - 4) * 30 + 25))
  }
}
