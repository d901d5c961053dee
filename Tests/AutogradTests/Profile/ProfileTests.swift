import Tensors
import TestSupport
import Testing

import Autograd

@Suite struct ProfileTests {
  private let x = Variable(Tensor.randn([4, 3]))
  private let w1 = Variable(Tensor.randn([5, 3]), requiresGrad: true)
  private let w2 = Variable(Tensor.randn([1, 5]), requiresGrad: true)
  private let b = Variable(Tensor.randn([1]), requiresGrad: true)

  private func step() {
    let loss = x.linear(w1).tanh().linear(w2, b).square().sum()
    loss.backward()
  }

  private func counts(_ profile: Profile) -> [String: [Int]] {
    Dictionary(uniqueKeysWithValues: profile.rows.map { ($0.operation, [$0.forwardCount, $0.backwardCount]) })
  }

  @Test func everyOperationOfAStepIsCounted() {
    let profile = profile(step)
    #expect(counts(profile) == ["linear": [2, 2], "tanh": [1, 1], "square": [1, 1], "sum": [1, 1]])
    let outer = profile.events.filter { $0.depth == 0 }
    #expect(
      outer.map(\.operation) == [
        "linear", "tanh", "linear", "square", "sum", "sum", "square", "linear", "tanh", "linear",
      ])
    #expect(outer.map(\.phase) == Array(repeating: .forward, count: 5) + Array(repeating: .backward, count: 5))
  }

  @Test func shapesAreTheInputsAndResults() {
    let events = profile(step).events.filter { $0.depth == 0 }
    #expect(events[0].inputs == [[4, 3], [5, 3]] && events[0].outputs == [[4, 5]])
    #expect(events[2].inputs == [[4, 5], [1, 5], [1]] && events[2].outputs == [[4, 1]])
    #expect(events[5].inputs == [[]] && events[5].outputs == [[4, 1]])
    // To the activations, the weight, and the bias, whose broadcasting the sweep undoes.
    #expect(events[7].inputs == [[4, 1]] && events[7].outputs == [[4, 5], [1, 5], [4, 1]])
  }

  @Test func newMemoryIsCountedOnce() {
    let x = Variable(Tensor.randn([6, 2]), requiresGrad: true)
    let events = profile {
      _ = x.reshaped([3, 4])
      _ = x.transposed()
      _ = x.exp()
      (x + 1).backward(gradient: Tensor.ones([6, 2]))
    }.events
    #expect(events.map(\.operation) == ["reshape", "transpose", "exp", "add", "add"].map { $0 })
    // Twelve numbers of four bytes; an addition hands its gradient on.
    #expect(events.map(\.bytes) == [0, 0, 48, 48, 0])
  }

  @Test func pullbacksContainTheOperationsTheyRun() throws {
    let x = Variable([1.0, 2.0], requiresGrad: true)
    let y = x * 3
    let profile = profile { y.backward(gradient: Tensor([1.0, 1.0])) }
    #expect(profile.events.map(\.phase) == [.backward, .forward])
    #expect(profile.events.map(\.depth) == [0, 1])
    #expect(counts(profile) == ["multiply": [0, 1]])
    #expect(profile.rows[0].backwardTime == profile.events[0].duration)
  }

  @Test func severalOutputsAreOneOperation() {
    let x = Variable(Tensor([[2.0, 1.0], [1.0, 3.0]]), requiresGrad: true)
    let profile = profile {
      let (values, vectors) = x.eigh()
      (values.sum() + vectors.sum()).backward()
    }
    #expect(counts(profile)["eigh"] == [1, 1])
    let forward = profile.events.first { $0.operation == "eigh" }
    #expect(forward?.outputs == [[2], [2, 2]])
  }

  @Test func customOperationsHaveTheirName() {
    struct Cube: CustomFunction {
      func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
        context.save(inputs[0])
        return [inputs[0].square() * inputs[0]]
      }
      func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
        [gradients[0] * context.saved[0].square() * 3]
      }
    }
    let double = CustomOperation("double \"it\"") {
      $0 + $0
    } pullback: { g, _, _ in
      g + g
    }
    let x = Variable([1.0, 2.0], requiresGrad: true)
    let profile = profile { double(Cube()(x)).sum().backward() }
    #expect(counts(profile) == ["Cube": [1, 1], "double \"it\"": [1, 1], "sum": [1, 1]])
    #expect(profile.events.filter { $0.depth == 1 && $0.phase == .forward && $0.operation == "square" }.count == 2)
  }

  @Test func timesAddUp() {
    let profile = profile {
      step()
      step()
    }
    let operations = profile.rows.reduce(0) { $0 + $1.time }
    #expect(abs(operations + profile.timeOutside - profile.duration) <= 1e-12)
    #expect(profile.timeOutside >= 0)
    #expect(profile.rows.map(\.time) == profile.rows.map(\.time).sorted(by: >))
  }

  @Test func profilesNest() {
    var inner: Profile?
    let outer = profile {
      _ = x.exp()
      inner = profile { _ = x.sin() }
    }
    #expect(outer.events.map(\.operation) == ["exp", "sin"])
    #expect(inner?.events.map(\.operation) == ["sin"])
  }

  @Test func resultsAndErrorsPassThrough() {
    struct Failure: Error {}
    let (value, profile) = profiled { x.exp().shape }
    #expect(value == [4, 3] && profile.events.count == 1)
    #expect(throws: Failure.self) { try Autograd.profile { throw Failure() } }
    #expect(Observers.current == nil)
  }

  @Test func nothingIsAProfileToo() {
    let profile = profile {}
    #expect(profile.events.isEmpty && profile.rows.isEmpty)
    #expect(profile.table.split(separator: "\n").map { $0.prefix(7) } == ["operati", "outside", "total  "])
  }
}
