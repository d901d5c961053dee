import Tensors

/// Runs a part of the computation and forgets its graph; the backward pass runs it again and differentiates that run.
/// Memory is paid with time: of the segment only the inputs stay, in place of every intermediate result.
///
/// ```swift
/// var h = x
/// for block in blocks { h = checkpoint(h) { block($0) } }
/// loss(h).backward()
/// ```
///
/// Gradients are those of the segment without a checkpoint: with respect to the inputs and to every variable that the
/// segment captures, be it a parameter or an earlier result, by `backward()` and by `grad(of:withRespectTo:)`, of any order.
///
/// - Parameters:
///   - inputs: what the segment gets. They are variables of its own there, with the same values.
///   - generators: sources of random numbers that the segment draws from. They are set back for the second run, so that it
///     draws the same numbers, and continue afterwards where they were; no other thread may draw from them meanwhile.
///   - segment: called at once, and once in every sweep that passes it. It must compute the same each time: from values that
///     do not change in between (a captured parameter that is updated before the sweep gives the gradient at its new value),
///     with no effects on anything else. It may differentiate, but only what it has computed itself.
/// - Returns: the outputs of `segment`. Where recording is off it is just called.
/// - Complexity: the segment's time twice. At its first run the segment's intermediate results live until it returns, so
///   the peak of memory is that of one segment and the inputs of all.
///
/// Chen, Xu, Zhang, Guestrin, "Training Deep Nets with Sublinear Memory Cost", 2016, arXiv:1604.06174.
public func checkpoint(
  _ inputs: [Variable], generators: [Generator] = [.default], _ segment: @escaping ([Variable]) -> [Variable]
) -> [Variable] {
  guard isGradEnabled else { return segment(inputs) }
  return CheckpointedSegment(inputs, generators, segment).record()
}

/// ``checkpoint(_:generators:_:)`` of one input and one output.
public func checkpoint(
  _ x: Variable, generators: [Generator] = [.default], _ segment: @escaping (Variable) -> Variable
) -> Variable {
  checkpoint([x], generators: generators) { [segment($0[0])] }[0]
}

/// ``checkpoint(_:generators:_:)`` of two inputs and one output.
public func checkpoint(
  _ x: Variable, _ y: Variable, generators: [Generator] = [.default],
  _ segment: @escaping (Variable, Variable) -> Variable
) -> Variable {
  checkpoint([x, y], generators: generators) { [segment($0[0], $0[1])] }[0]
}

/// ``checkpoint(_:generators:_:)`` of three inputs and one output.
public func checkpoint(
  _ x: Variable, _ y: Variable, _ z: Variable, generators: [Generator] = [.default],
  _ segment: @escaping (Variable, Variable, Variable) -> Variable
) -> Variable {
  checkpoint([x, y, z], generators: generators) { [segment($0[0], $0[1], $0[2])] }[0]
}

/// Functions one after the other, cut into segments of equal length (the last takes the remainder), each with a
/// ``checkpoint(_:generators:_:)`` but the last, whose graph the backward pass needs first.
///
/// With √n segments of n functions memory grows as √n.
///
/// - Parameters:
///   - functions: the output of each is the input of the next.
///   - segments: how many, from 1 to the number of functions.
///   - x: the input of the first function.
public func checkpointSequential(
  _ functions: [(Variable) -> Variable], segments: Int, _ x: Variable, generators: [Generator] = [.default]
) -> Variable {
  require(
    segments >= 1 && segments <= max(functions.count, 1), "checkpointSequential",
    "\(segments) segments of \(functions.count) functions; expected 1 ... \(max(functions.count, 1))")
  let length = functions.count / segments
  let last = functions[(length * (segments - 1))...]
  let input = (0..<(segments - 1)).reduce(x) { input, k in
    let segment = functions[(k * length)..<((k + 1) * length)]
    return checkpoint(input, generators: generators) { x in segment.reduce(x) { $1($0) } }
  }
  return last.reduce(input) { $1($0) }
}
