import Tensors
import Testing

import Autograd

@Suite struct ObserverTests {
  private final class Log: Observer {
    var lines: [String] = []
    func operationPrepares() { lines.append("prepares") }
    func operationStarts() { lines.append("starts") }
    func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable]) {
      lines.append("\(name) \(inputs.count)→\(outputs.count)")
    }
    func pullbackStarts(_ node: Node, gradient: Variable) { lines.append("back \(node.operation)") }
    func pullbackDelivers(_ part: Variable, to parent: Node, from node: Node) {
      lines.append("\(node.operation)→\(parent.operation)")
    }
    func pullbackEnds(_ node: Node) { lines.append("done \(node.operation)") }
  }

  @Test func operationsAreSeen() {
    let (log, x) = (Log(), Variable(0.5, requiresGrad: true))
    observed(by: log) { _ = x.tanh() + x }
    #expect(log.lines == ["starts", "tanh 1→1", "starts", "add 2→1"])
    _ = x.tanh()
    #expect(log.lines.count == 4)
  }

  @Test func sweepsAreSeen() {
    let (log, x) = (Log(), Variable(0.5, requiresGrad: true))
    let y = x * 3
    observed(by: log) { y.backward() }
    #expect(log.lines == ["back multiply", "starts", "multiply 1→1", "multiply→leaf", "done multiply"])
  }

  @Test func workBeforehandIsAnnounced() {
    let (log, x) = (Log(), Variable([0.5], requiresGrad: true))
    observed(by: log) { _ = Variable.concatenate([x, x]) }
    #expect(log.lines == ["prepares", "starts", "concatenate 2→1"])
  }

  @Test func observersNest() {
    struct Failure: Error {}
    let (outer, inner, x) = (Log(), Log(), Variable(0.5))
    observed(by: outer) {
      try? observed(by: inner) {
        _ = x.exp()
        throw Failure()
      }
      _ = x.log()
    }
    #expect(inner.lines == ["starts", "exp 1→1"])
    #expect(outer.lines == ["starts", "exp 1→1", "starts", "log 1→1"])
    #expect(Observers.current == nil)
  }
}
