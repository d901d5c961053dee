import Tensors
import Testing

import Autograd

@Suite struct BackwardAnomaliesTests {
  @Test func theOperationIsNamedWithItsForwardLine() throws {
    let x = Variable([0.0, 1.0], requiresGrad: true)
    var line = 0
    let error = anomaly {
      line = #line + 1
      let y = x.sqrt()
      (y * 2).sum().backward()
    }
    let found = try #require(error)
    #expect(found.operation == "sqrt" && found.phase == .backward && found.kind == .infinity)
    #expect(found.place == .inputGradient(0))
    let site = try #require(found.site)
    #expect(site.file?.hasSuffix("BackwardAnomaliesTests.swift") == true && site.line == line)
    #expect(
      found.description == """
        sqrt: infinity in the gradient of input 0, made by its backward pass
          gradient of the output: float32[2], finite
          input 0: float32[2], finite
          called at \(site.file ?? ""):\(line), in \(site.function)
        """)
    // The sweep ran to its end.
    #expect(x.grad?.value.scalars(as: Double.self) == [.infinity, 1])
    #expect(anomaly(infinities: false) { x.sqrt().sum().backward() } == nil)
  }

  @Test func theInputIsCounted() {
    let (a, b) = (Variable([1.0]), Variable([0.0], requiresGrad: true))
    #expect(anomaly { (a * b.pow(Variable([0.5]))).sum().backward() }?.operation == "pow")
    let (x, y) = (Variable([0.0], requiresGrad: true), Variable([0.0], requiresGrad: true))
    // 0 / 0 in the derivative of √(x² + y²) with respect to y² + x².
    let error = anomaly { (x * x + y * y).sqrt().sum().backward() }
    #expect(error?.operation == "sqrt" && error?.place == .inputGradient(0))
    let custom = twoInputs { [$0, $0 * Variable(Tensor([Double.nan]))] }
    #expect(anomaly { custom(a.leaf, b).backward() }?.place == .inputGradient(1))
    #expect(anomaly { custom(b, b).backward() }?.place == .inputGradient(1))
  }

  @Test func aCustomPullbackIsNamed() {
    let custom = twoInputs { [$0 * Variable(Tensor([Double.nan])), $0] }
    let x = Variable([1.0], requiresGrad: true)
    let line = #line + 1
    let error = anomaly { custom(x, x).backward() }
    #expect(error?.operation == "two" && error?.phase == .backward && error?.kind == .nan)
    #expect(error?.place == .inputGradient(0) && error?.site != nil)
    #if DEBUG
      // Optimized, equal closures are merged into one.
      #expect(error?.site?.line == line)
    #else
      _ = line
    #endif
  }

  /// Inside a pullback NaN may come and go: what counts is what it delivers.
  @Test func operationsInsideAPullbackAreNotExamined() {
    let custom = twoInputs { g in
      let broken = g * Variable(Tensor([Double.nan]))
      return [Variable.where(broken.isNaN(), g, broken), nil]
    }
    let x = Variable([1.0], requiresGrad: true)
    #expect(anomaly { custom(x, x).backward() } == nil)
    #expect(x.grad?.item() == 1.0)
  }

  @Test func aSweepWhoseForwardRanOutsideHasNoSite() throws {
    let x = Variable([0.0], requiresGrad: true)
    let loss = x.sqrt().sum()
    let error = try #require(anomaly { loss.backward() })
    #expect(error.operation == "sqrt" && error.place == .inputGradient(nil))
    #expect(error.site == nil && error.inputs == nil && error.outputs.isEmpty)
    #expect(
      error.description == """
        sqrt: infinity in the gradient of an input, made by its backward pass
          gradient of the output: float32[1], finite
          called outside of detectAnomalies, so where is not known; run the forward pass inside too
        """)
  }

  @Test func gradientsThatArriveAreExamined() {
    let x = Variable([1.0], requiresGrad: true)
    let seeded = anomaly { (x * 2).backward(gradient: Tensor([Double.nan])) }
    #expect(seeded?.operation == "multiply" && seeded?.place == .outputGradient)
    #expect(anomaly { (x * 2).backward(gradient: Tensor([Double.infinity])) } == nil)
    let hooked = anomaly {
      let y = x * 2
      y.registerHook { $0.detached() * Double.nan }
      y.sum().backward()
    }
    // A hook is the user's code, run outside of pullbacks: its own operation is the first.
    #expect(hooked?.operation == "multiply" && hooked?.place == .output(0))
    let replaced = anomaly {
      let y = x * 2
      y.registerHook { Variable($0.value * Double.nan) }
      y.sum().backward()
    }
    #expect(replaced?.operation == "multiply" && replaced?.place == .outputGradient)
  }

  @Test func overflowInASumOfGradientsIsFound() {
    let (x, big) = (Variable([0.5], requiresGrad: true), Variable([3e38]))
    // Two parts of 3e38 each.
    let error = anomaly {
      let y = x.tanh()
      (y * big + y * big).backward(gradient: Tensor([1.0]))
    }
    #expect(error?.operation == "tanh" && error?.kind == .infinity && error?.place == .outputGradient)
  }

  @Test func severalOutputsAreOneOperation() {
    struct Halves: CustomFunction {
      func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
        [inputs[0][..<1], inputs[0][1...]]
      }
      func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
        [Variable.concatenate([gradients[0].log(), gradients[1]])]
      }
    }
    let x = Variable([1.0, 2.0, 3.0], requiresGrad: true)
    var line = 0
    let error = anomaly {
      line = #line + 1
      let halves = Halves().apply([x])
      (halves[1].sum() - halves[0].sum()).backward()
    }
    #expect(error?.operation == "Halves" && error?.kind == .nan && error?.place == .inputGradient(0))
    #expect(error?.gradients.map(\.?.shape) == [[1], [2]])
    #expect(error?.outputs.map(\.shape) == [[1], [2]] && error?.site?.line == line)
  }

  @Test func secondDerivativesAreExamined() {
    let x = Variable([0.0], requiresGrad: true)
    var line = 0
    let error = anomaly {
      let y = x.abs().pow(1.5).sum()
      line = #line + 1
      let slope = grad(of: y, withRespectTo: [x], createGraph: true)[0]
      slope.sum().backward()
    }
    #expect(error?.phase == .backward && error?.site?.line == line)
  }

  /// A sweep inside of a pullback is examined like others.
  @Test func insideACheckpointTheOperationIsNamed() {
    let x = Variable([0.0], requiresGrad: true)
    var line = 0
    let error = anomaly {
      let y = checkpoint(x) { x in
        line = #line + 1
        let root = x.sqrt()
        return root * 2
      }
      y.sum().backward()
    }
    #expect(error?.operation == "sqrt" && error?.place == .inputGradient(0) && error?.site?.line == line)
  }

  /// What a search keeps stands on the nodes: where the graph is freed, so is it.
  @Test func recordsLiveAsLongAsTheGraph() throws {
    let x = Variable([1.0], requiresGrad: true)
    weak var record: OperationRecord?
    try detectAnomalies {
      let y = x.exp()
      record = y.node?.extras?.record
      #expect(record != nil)
    }
    #expect(record == nil)
    #expect(x.node?.extras == nil)
  }

  private func twoInputs(_ pullback: @escaping @Sendable (Variable) -> [Variable?]) -> CustomOperation {
    CustomOperation("two") { (inputs: [Tensor]) in
      inputs[0] + inputs[1]
    } pullback: { g, _, _ in
      pullback(g)
    }
  }
}

extension Variable {
  fileprivate var leaf: Variable { Variable(value, requiresGrad: true) }
}
