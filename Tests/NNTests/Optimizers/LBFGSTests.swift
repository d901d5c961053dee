import Autograd
import NN
import Tensors
import TestSupport
import Testing

/// Minimizers that evaluate the loss again and again, on the functions of the fixtures.
@Suite struct LBFGSTests {
  private struct Run {
    let halves: [Variable]
    let optimizer: LBFGS
    private let loss: (Variable) -> Variable

    init(_ options: FixtureCase.Options, _ dtype: DType) throws {
      halves = [[-1.25, 1.0], [0.5, 2.0, -0.75]].map { Variable($0, requiresGrad: true, dtype: dtype) }
      func number(_ key: String) -> Int? { options.numbers[key].map { Int($0) } }
      optimizer = LBFGS(
        halves, lr: options.numbers["lr"] ?? 1, maxIter: number("max_iter") ?? 20, maxEval: number("max_eval"),
        toleranceGrad: options.numbers["tolerance_grad"] ?? 1e-7,
        toleranceChange: options.numbers["tolerance_change"] ?? 1e-9, historySize: number("history_size") ?? 100,
        lineSearch: options.texts["line_search_fn"] == "strong_wolfe" ? .strongWolfe : nil,
        maximize: options.flag("maximize"))
      let (sign, problem) = (options.flag("maximize") ? -1.0 : 1, options.texts["problem"])
      loss = { problem == "rosenbrock" ? Self.rosenbrock($0) : Self.quadratic($0) * sign }
    }

    func step() -> Variable {
      optimizer.step {
        optimizer.zeroGrad()
        let value = loss(Variable.concatenate(halves))
        value.backward()
        return value
      }
    }

    private static func rosenbrock(_ w: Variable) -> Variable {
      let (tail, head) = (w[1...], w[..<4])
      return (100 * (tail - head.square()).square() + (1 - head).square()).sum()
    }

    private static func quadratic(_ w: Variable) -> Variable {
      0.5 * (Variable(Tensor([1.0, 2, 3, 4, 5], dtype: w.dtype)) * (w - 1).square()).sum()
    }
  }

  @Test(arguments: try FixtureCase.all("minimizers"), [DType.float32, .float64])
  func replays(_ fixture: FixtureCase, dtype: DType) throws {
    let recorded = try #require(try Fixtures.load("optimizers").tensors["steps"]).scalars(as: Int.self)
    let prefix = dtype == .float64 ? "f64." : ""
    let (weights, losses) = (try fixture.tensor(prefix + "weights"), try fixture.tensor(prefix + "losses"))
    let run = try Run(fixture.options, dtype)
    for step in 1...50 {
      let loss = run.step().value
      guard let record = recorded.firstIndex(of: step) else { continue }
      let value = Tensor.concatenate(run.halves.map(\.value))
      guard let limit = limit(step, dtype) else { continue }
      expectClose(value, weights[record], within: limit, "weights after \(step)")
      expectClose(loss, losses[record], within: limit, "loss before \(step)")
    }
  }

  /// Units of the last place. The first steps add a few roundings each: of sums of 5 terms, products and quotients of them.
  /// Later ones run along the valley of Rosenbrock's function, whose condition number of 2,500 multiplies each of some twenty
  /// iterations' roundings. At its end weights are known to the roundings of the gradient, whose terms are up to 400, over the
  /// smallest curvature, 0.4. In float32 the way between, 50,000 units wide, tells nothing.
  private func limit(_ step: Int, _ dtype: DType) -> Double? {
    if step <= 5 { return 16 }
    if dtype == .float64 { return 20 * 2500 }
    return step == 50 ? 4 * 400 / 0.4 : nil
  }

  /// A run that is saved after half of its steps and resumed by another optimizer ends with the same bits.
  @Test(arguments: try FixtureCase.all("minimizers")) func resumes(_ fixture: FixtureCase) throws {
    let runs = try (0..<3).map { _ in try Run(fixture.options, .float32) }
    for _ in 0..<8 { _ = runs[0].step() }
    for _ in 0..<4 { _ = runs[1].step() }
    for (a, b) in zip(runs[1].halves, runs[2].halves) { b.value = a.value }
    try runs[2].optimizer.loadStateDict(runs[1].optimizer.stateDict())
    for _ in 0..<4 { _ = runs[2].step() }
    #expect(runs[0].halves.map(\.value) == runs[2].halves.map(\.value))
    #expect(runs[0].optimizer.stateDict() == runs[2].optimizer.stateDict())
  }

  @Test func takesUpTheDtypeOfAConvertedModel() throws {
    let (x, model) = (Tensor.ones([2, 3]), Linear(3, 2))
    func step(_ optimizer: LBFGS, _ model: Linear) {
      optimizer.step {
        optimizer.zeroGrad()
        let loss = (model(x.to(model.weight.dtype)) - 1).pow(4).sum()
        loss.backward()
        return loss
      }
    }
    let optimizer = LBFGS(model.parameters(), lr: 0.1, maxIter: 3)
    step(optimizer, model)
    let twin = model.copied().to(.float64)
    let resumed = LBFGS(twin.parameters())
    try resumed.loadStateDict(optimizer.stateDict())
    model.to(.float64)
    step(optimizer, model)
    step(resumed, twin)
    #expect(model.stateDict() == twin.stateDict() && optimizer.stateDict() == resumed.stateDict())
  }

  /// Also when the history knows how they moved before.
  @Test func leavesFrozenParametersAlone() {
    let (a, b) = (Variable([3.0], requiresGrad: true), Variable([2.0], requiresGrad: true))
    let optimizer = LBFGS([a, b], lr: 0.1, maxIter: 3)
    func step() {
      optimizer.step {
        optimizer.zeroGrad()
        let loss = (a * b - 1).square().sum() + a.square().sum()
        loss.backward()
        return loss
      }
    }
    step()
    let (before, moving) = (b.value, a.value)
    b.requiresGrad = false
    step()
    #expect(b.value == before && a.value != moving)
  }

  @Test func aMissingGradientCountsAsZerosAndNothingAsALoss() {
    let (a, b) = (Variable([3.0], requiresGrad: true), Variable([[1.0, 2]], requiresGrad: true))
    let optimizer = LBFGS([a, b], lineSearch: .strongWolfe)
    optimizer.step {
      optimizer.zeroGrad()
      let loss = (a - 1).square().sum()
      loss.backward()
      return loss
    }
    #expect(abs(a.item() - 1) < 1e-5)
    #expect(b.value == Tensor([[1.0, 2]]))
    #expect(LBFGS([]).step { Variable(7.0) }.item() == 7.0)
  }

  @Test func listsWhatIsWrongWithAStateDict() throws {
    let run = try Run(try #require(try FixtureCase.all("minimizers").first).options, .float32)
    for _ in 0..<3 { _ = run.step() }
    let before = run.optimizer.stateDict()
    var state = before
    state["state.0.d"] = Tensor([1.0])
    state["state.0.old_dirs"] = nil
    state["state.1.d"] = Tensor([1.0])
    let error = #expect(throws: StateDictError.self) { try run.optimizer.loadStateDict(state) }
    #expect(error?.missing == ["state.0.old_dirs"] && error?.unexpected == ["state.1.d"])
    #expect(error?.misshaped == ["state.0.d: expected [5], got [1]"])
    #expect(run.optimizer.stateDict() == before)
  }
}
