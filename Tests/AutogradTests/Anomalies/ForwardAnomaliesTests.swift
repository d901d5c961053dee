import Tensors
import Testing

import Autograd

@Suite struct ForwardAnomaliesTests {
  @Test func theFirstOperationIsNamedWithItsLine() throws {
    let x = Variable([1.0, -1.0, 2.0], requiresGrad: true)
    var line = 0
    let error = anomaly {
      let y = x * 2
      line = #line + 1
      let z = y.log()
      return (z.sqrt() + z).sum()
    }
    let found = try #require(error)
    #expect(found.operation == "log" && found.phase == .forward && found.kind == .nan && found.place == .output(0))
    #expect(found.inputs?.map(\.?.shape) == [[3]] && found.inputs?[0]?.dtype == .float32)
    #expect(found.inputs?[0]?.hasNaN == false && found.inputs?[0]?.hasInfinity == false)
    #expect(found.outputs.map(\.shape) == [[3]] && found.outputs[0].hasNaN && found.gradients.isEmpty)
    let site = try #require(found.site)
    #expect(site.file?.hasSuffix("ForwardAnomaliesTests.swift") == true && site.line == line)
    #expect(site.function.contains("theFirstOperationIsNamedWithItsLine"))
    #expect(
      found.description == """
        log: NaN in its value, float32[3]
          input 0: float32[3], finite
          called at \(site.file ?? ""):\(line), in \(site.function)
        """)
  }

  @Test func constantsAreExaminedToo() {
    let x = Variable([-1.0])
    let error = anomaly { noGrad { x.sqrt() } }
    #expect(error?.operation == "sqrt" && error?.site != nil)
  }

  @Test func aComposedOperationIsCalledByTheUser() {
    let x = Variable(Tensor([[1.0, -1.0]]), requiresGrad: true)
    let std = anomaly { x.std(axis: 0) }
    #expect(std?.site?.file?.hasSuffix("ForwardAnomaliesTests.swift") == true)
    let error = anomaly { x.logSumExpOfLogs() }
    #expect(error?.operation == "log" && error?.site != nil)
    #if DEBUG
      // An extension of the library's type, written by its user, is the user's; optimized, it is inlined.
      #expect(error?.site?.function == "Variable.logSumExpOfLogs()")
    #endif
  }

  @Test func aLeafThatHoldsNaNIsReported() {
    let (x, y) = (Variable([1.0, .nan], requiresGrad: true), Variable([1.0, 2.0]))
    let error = anomaly { y * x }
    #expect(error?.operation == "multiply" && error?.kind == .nan)
    #expect(error?.inputs?.map(\.?.hasNaN) == [false, true])
    #expect(error?.description.contains("input 1: float32[2], held NaN already") == true)
  }

  @Test func infinitiesAreFoundUnlessTheyWereThere() throws {
    let zero = Variable([0.0], requiresGrad: true)
    let error = anomaly { zero.log() }
    #expect(error?.kind == .infinity && error?.operation == "log")
    #expect(anomaly(infinities: false) { zero.log() } == nil)
    // A mask of −inf is an input like others.
    let scores = Variable(Tensor.zeros([2, 2]), requiresGrad: true)
    let mask = Variable(Tensor([[0, -Double.infinity], [0, 0]]))
    #expect(anomaly { (scores + mask).softmax(axis: 1).sum().backward() } == nil)
    let hidden = Tensor([[false, true], [false, false]])
    #expect(anomaly { scores.maskedFill(hidden, -Double.infinity).logSoftmax(axis: 1).exp().sum().backward() } == nil)
  }

  @Test func zeroTimesInfinityIsNaN() {
    let (zero, infinity) = (Variable([0.0], requiresGrad: true), Variable([Double.infinity]))
    let error = anomaly(infinities: false) { zero * infinity }
    #expect(error?.kind == .nan && error?.inputs?.map(\.?.hasInfinity) == [false, true])
    #expect(error?.description.contains("input 1: float32[1], held an infinity already") == true)
  }

  @Test func overflowingSumsOfFiniteNumbersAreFinite() {
    let x = Variable(Tensor([[3e38, 3e38]]))
    #expect(anomaly { x.reshaped([2]) } == nil)
    #expect(anomaly { x.sum() }?.operation == "sum")
  }

  @Test func nothingIsFoundInEmptyAndIntegerTensors() {
    #expect(anomaly { Variable(Tensor.zeros([0, 3]), requiresGrad: true).log().sum().backward() } == nil)
    #expect(anomaly { Variable(Tensor([1, 2], dtype: .int64)) + 1 } == nil)
    #expect(anomaly { Variable(Tensor([[1.0, 2.0]], dtype: .float64)).transposed().exp() } == nil)
  }

  @Test func severalOutputsAreCounted() throws {
    struct Parts: CustomFunction {
      func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
        [Variable(inputs[0].value), Variable(inputs[0].value.log())]
      }
      func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] { [nil] }
    }
    let error = try #require(anomaly { Parts().apply([Variable([-1.0], requiresGrad: true)]) })
    #expect(error.operation == "Parts" && error.place == .output(1) && error.outputs.map(\.hasNaN) == [false, true])
    #expect(error.description.hasPrefix("Parts: NaN in its value, output 1 of type float32[1]\n"))
  }

  @Test func resultsPassAndTheBodysErrorWins() throws {
    struct Failure: Error {}
    #expect(try detectAnomalies { Variable(4.0).sqrt().item() } == 2.0)
    #expect(throws: Failure.self) {
      try detectAnomalies {
        _ = Variable(-1.0).log()
        throw Failure()
      }
    }
    #expect(Observers.current == nil)
  }

  @Test func searchesNest() {
    var inner: AnomalyError?
    let outer = anomaly {
      inner = anomaly { Variable(-1.0).log() }
      return Variable(-1.0).sqrt()
    }
    #expect(inner?.operation == "log" && outer?.operation == "log")
    #expect(inner?.site?.line == outer?.site?.line)
  }
}

extension Variable {
  fileprivate func logSumExpOfLogs() -> Variable { log().logSumExp(axis: 1).exp() }
}

/// What a search for anomalies finds.
func anomaly<R>(infinities: Bool = true, _ body: () throws -> R) -> AnomalyError? {
  do {
    try detectAnomalies(infinities: infinities, body)
    return nil
  } catch let error as AnomalyError {
    return error
  } catch {
    Issue.record("expected an AnomalyError, got \(error)")
    return nil
  }
}
