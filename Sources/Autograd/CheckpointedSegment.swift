import Tensors

/// A part of the computation that is one operation in the graph, whose pullback runs it again and sweeps that run.
final class CheckpointedSegment {
  private let body: ([Variable]) -> [Variable]
  private let inputs: [Saved]
  private let random: [(generator: Generator, state: Generator.State)]
  /// What the outputs of the first run were.
  private var outputs: [(shape: Shape, dtype: DType)] = []
  /// The nodes outside of the segment that it uses beside its inputs.
  private var captured: [Node] = []

  init(_ inputs: [Variable], _ generators: [Generator], _ body: @escaping ([Variable]) -> [Variable]) {
    self.inputs = inputs.map(\.saved)
    self.body = body
    random = generators.map { ($0, $0.state) }
  }

  /// Runs the segment, drops its graph, and records one operation in its place.
  func record() -> [Variable] {
    let (values, isConstant) = firstRun()
    // A leaf that only this list holds was made in the run, and is gone with it.
    for i in captured.indices.reversed() where isKnownUniquelyReferenced(&captured[i]) { captured.remove(at: i) }
    outputs = values.map { ($0.shape, $0.dtype) }
    // Of a captured variable only the node is known, and only the node is used.
    let parents = inputs.map(\.variable) + captured.map { Variable(Tensor(0), node: $0) }
    let results = Variable.record("checkpoint", outputs: values, keepsOutputs: false, inputs: parents) { gradients, _ in
      self.pullback(gradients)
    }
    return zip(results, isConstant).map { $1 ? $0.detached() : $0 }
  }

  /// The outputs, and whether each depends on nothing that requires a gradient. Nothing else of the run outlives the call.
  @inline(never)
  private func firstRun() -> (values: [Tensor], isConstant: [Bool]) {
    let observer = BoundaryObserver()
    let outputs = observer.run(inputs.map(\.copy), body)
    captured = observer.outside
    return (outputs.map(\.value), outputs.map { !$0.requiresGrad })
  }

  /// From the outputs' gradients to those of the inputs and of the captured nodes. The sweep that calls this has left
  /// recording on if it is to be differentiated in turn.
  private func pullback(_ gradients: [Variable?]) -> [Variable?] {
    let createGraph = isGradEnabled
    let copies = inputs.map(\.copy)
    let outputs = secondRun(copies)
    let cut = GraphCut(behind: outputs.compactMap(\.node), from: captured)
    let targets = copies.map(\.node) + cut.leaves
    var sweep = Sweep(retainGraph: createGraph, createGraph: createGraph, wanted: targets.compactMap { $0 })
    sweep.run(
      from: zip(outputs, gradients).compactMap { output, gradient in
        guard let node = output.node, let gradient else { return nil }
        return (cut.replacement(of: node), gradient)
      })
    if createGraph {
      cut.undo()
      for (copy, input) in zip(copies, inputs) { copy.lead(to: input) }
    }
    return targets.map { $0.flatMap { sweep.gradient(at: $0) } }
  }

  /// The outputs once more, from the same random numbers, recorded.
  private func secondRun(_ inputs: [Variable]) -> [Variable] {
    require(!isInferenceMode, "checkpoint", "swept inside inferenceMode, where nothing is recorded; expected outside")
    let observer = BoundaryObserver()
    let states = random.map(\.generator.state)
    for (generator, state) in random { generator.state = state }
    let results = observer.run(inputs, body)
    for ((generator, _), state) in zip(random, states) { generator.state = state }
    requireSame(results, observer.outside)
    return results
  }

  /// Stops unless the second run has given what the first gave, from the same.
  private func requireSame(_ results: [Variable], _ outside: [Node]) {
    func text(_ kinds: [(shape: Shape, dtype: DType)]) -> String {
      kinds.map { "\($0.dtype)\($0.shape)" }.joined(separator: ", ")
    }
    let rule = "expected a segment that computes the same each time"
    let results = results.map { ($0.shape, $0.dtype) }
    require(
      results.elementsEqual(outputs, by: ==), "checkpoint",
      "the second run gave \(text(results)), the first \(text(outputs)); \(rule)")
    let (first, second) = (Set(captured.map(ObjectIdentifier.init)), Set(outside.map(ObjectIdentifier.init)))
    let other =
      captured.first { !second.contains(ObjectIdentifier($0)) }
      ?? outside.first { !$0.isLeaf && !first.contains(ObjectIdentifier($0)) }
    require(
      other == nil, "checkpoint",
      "one run used a variable from outside that the other did not: \(other!.operation) of shape \(other!.shape); \(rule)"
    )
  }
}

extension Saved {
  /// A variable of this value for a graph of its own: it leads to a leaf of its own.
  fileprivate var copy: Variable {
    let origin = node.map { Variable(value, node: .leaf($0.shape, $0.dtype)) } ?? Variable(value)
    return enableGrad { Variable.record("input", value, origin) { $0 } }
  }
}

extension Variable {
  /// Makes a copy lead to what it was copied from.
  fileprivate func lead(to original: Saved) {
    if let parent = original.node { node?.redirect { _ in parent } }
  }
}
