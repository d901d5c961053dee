import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct HooksTests {
  private func leaf(_ values: [Double]) -> Variable { Variable(values, requiresGrad: true, dtype: .float64) }

  /// A hook sees the sum of all contributions, once a sweep, on leaves and inside the graph.
  @Test func hooksSeeWholeGradients() {
    let x = leaf([1, 2])
    let y = x * 3
    var seen: [[Double]] = []
    for variable in [x, y] {
      variable.registerHook { g in
        seen.append(g.value.scalars())
        return nil
      }
    }
    (y * y + y + x).sum().backward()
    #expect(seen == [[7, 13], [22, 40]])
    #expect(x.grad?.value.scalars() == [22.0, 40])
  }

  @Test func hooksReplaceInOrder() {
    let x = leaf([1])
    let y = x * 2
    y.registerHook { $0 * 10 }
    let second = y.registerHook { $0 + 1 }
    y.sum().backward(retainGraph: true)
    #expect(x.grad?.item() == 22.0)
    second.remove()
    second.remove()
    x.zeroGrad()
    y.sum().backward()
    #expect(x.grad?.item() == 20.0)
  }

  @Test func hooksOnLeavesReplaceWhatIsAccumulated() {
    let x = leaf([1])
    x.registerHook { -$0 }
    (x + x).sum().backward()
    (x * 3).sum().backward()
    #expect(x.grad?.item() == -5.0)
    #expect(grad(of: (x * 4).sum(), withRespectTo: [x])[0].item() == -4.0)
  }

  @Test func followersComeAfterAccumulation() {
    let x = leaf([1])
    var seen: [Double] = []
    let handle = x.registerPostAccumulateGradHook { seen.append($0.grad!.item()) }
    (x * 2).sum().backward()
    (x * 3).sum().backward()
    _ = grad(of: (x * 3).sum(), withRespectTo: [x])
    handle.remove()
    x.sum().backward()
    #expect(seen == [2, 5])
  }

  @Test func retainedGradients() {
    let x = leaf([2])
    let y = x * 3
    y.retainGrad()
    (y * y).sum().backward(retainGraph: true)
    #expect(y.grad?.item() == 12.0)
    y.sum().backward()
    #expect(y.grad?.item() == 1.0)
  }

  @Test func misuseStops() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable([1.0, 2], requiresGrad: true)
      x.registerHook { $0.sum() }
      x.sum().backward()
    }
    expectMessage(shape, "hook", "float32[]", "float32[2]")
    let constant = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Variable([1.0]).retainGrad()
    }
    expectMessage(constant, "retainGrad", "does not require a gradient")
    let inner = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Variable([1.0], requiresGrad: true) * 2
      y.registerPostAccumulateGradHook { _ in }
    }
    expectMessage(inner, "registerPostAccumulateGradHook", "expected a leaf")
  }
}
