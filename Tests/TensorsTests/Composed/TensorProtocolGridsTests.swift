import TestSupport
import Testing

import Tensors

@Suite struct TensorProtocolGridsTests {
  @Test func gridsAreViews() {
    let (x, y) = (counting([3]), counting([2]))
    for indexing in [GridIndexing.ij, .xy] {
      let grids = Tensor.meshgrid([x, y], indexing: indexing)
      #expect(grids[0].storage === x.storage && grids[1].storage === y.storage)
    }
    #expect(Tensor.meshgrid([]).isEmpty)
  }

  @Test func wrongShapesStop() async {
    let grid = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.meshgrid([counting([2]), counting([2, 2])])
    }
    expectMessage(grid, "meshgrid", "[2]", "[2, 2]", "vectors")
    let product = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.cartesianProduct([Tensor(1)])
    }
    expectMessage(product, "cartesianProduct", "[]", "vector")
    let choice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = counting([3]).combinations(-1)
    }
    expectMessage(choice, "combinations", "r = -1", "[3]")
  }
}
