import Tensors

/// A function whose gradients are checked, at a point.
struct CheckedFunction {
  /// What the user called, for messages.
  let operation: String
  /// 1 for a function itself, 2 for its gradients.
  let order: Int
  let inputs: [Tensor]
  /// Positions of the inputs to differentiate.
  let checked: [Int]
  let inputNames: [String]
  let outputNames: (Int) -> String
  /// nil stands for an output that is not differentiated.
  let call: ([Variable]) -> [Variable?]

  init(
    operation: String, order: Int, inputs: [Tensor], checked: [Int], inputNames: [String],
    outputNames: @escaping (Int) -> String, call: @escaping ([Variable]) -> [Variable?]
  ) {
    (self.operation, self.order, self.inputs, self.checked) = (operation, order, inputs, checked)
    (self.inputNames, self.outputNames, self.call) = (inputNames, outputNames, call)
  }

  /// A user's function.
  init(
    _ operation: String, _ inputs: [Tensor], _ positions: [Int]?, _ function: @escaping ([Variable]) -> [Variable]
  ) {
    let checked = positions ?? inputs.indices.filter { inputs[$0].dtype.isFloatingPoint }
    requireDifferentiable(inputs, checked, operation)
    self.init(
      operation: operation, order: 1, inputs: inputs, checked: checked,
      inputNames: inputs.indices.map { "input \($0)" }, outputNames: { "output \($0)" }
    ) { arguments in
      function(arguments).enumerated().map { k, y in
        require(y.dtype != .float32, operation, "output \(k) is float32; expected float64")
        return y.dtype == .float64 ? y : nil
      }
    }
  }

  /// The outputs at a point, nothing recorded.
  func values(at point: [Tensor]) -> [Tensor?] {
    noGrad { call(point.map { Variable($0) }).map { $0?.value } }
  }

  /// The outputs on both sides of the point, with the elements of input `i` moved by ±`step`, and by how much they were
  /// moved after rounding. NaN and infinities stay where they are; what the outputs do not change by is their derivative.
  func sides(of i: Int, _ step: Tensor) -> (high: [[Double]], low: [[Double]], distance: [Double]) {
    let (above, below) = (inputs[i] + step, inputs[i] - step)
    let distance = zip((above - below).scalars(as: Double.self), step.scalars(as: Double.self))
    return (
      elements(with: above, at: i), elements(with: below, at: i), distance.map { $0.isNaN ? 2 * $1 : $0 }
    )
  }

  private func elements(with moved: Tensor, at i: Int) -> [[Double]] {
    var point = inputs
    point[i] = moved
    return values(at: point).map { $0?.scalars() ?? [] }
  }

  /// The derivative of an output with respect to an input, or to one element of it.
  func place(
    _ output: Int, _ outputIndex: [Int]? = nil, _ input: Int? = nil, _ inputIndex: [Int]? = nil,
    outputName: String? = nil
  ) -> GradCheckResult.Place {
    GradCheckResult.Place(
      output: output, outputIndex: outputIndex, input: input, inputIndex: inputIndex,
      outputName: outputName ?? outputNames(output),
      inputName: input.map { inputNames[$0] })
  }
}

private func requireDifferentiable(_ inputs: [Tensor], _ positions: [Int], _ operation: String) {
  require(!positions.isEmpty, operation, "no input to differentiate; expected at least one of float64")
  require(!isInferenceMode, operation, "nothing is recorded inside an inferenceMode; expected a call outside")
  require(Set(positions).count == positions.count, operation, "withRespectTo \(positions) names an input twice")
  for i in positions {
    require(
      inputs.indices.contains(i), operation, "withRespectTo \(positions), but there are \(inputs.count) inputs")
    require(inputs[i].dtype == .float64, operation, "input \(i) is \(inputs[i].dtype); expected float64")
  }
}

extension Shape {
  /// The position of an element, from its number in row-major order.
  func index(of element: Int) -> [Int] {
    zip(contiguousStrides.array, self).map { stride, size in element / stride % size }
  }
}
