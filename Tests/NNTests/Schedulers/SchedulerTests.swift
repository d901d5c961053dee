import Tensors
import TestSupport
import Testing

import NN

/// The state of schedulers; that it is enough to go on is tested with every recorded schedule.
@Suite struct SchedulerTests {
  private func restarts() -> CosineAnnealingWarmRestarts {
    CosineAnnealingWarmRestarts(ScheduleCase.optimizer(), t0: 3, tMult: 2)
  }

  @Test func stateIsUnderPyTorchsKeys() {
    let scheduler = restarts()
    for _ in 0..<4 { scheduler.step() }
    let state = scheduler.stateDict()
    #expect(Set(state.keys) == ["last_epoch", "_last_lr", "base_lrs", "T_cur", "T_i"])
    #expect(state["last_epoch"] == Tensor(4, dtype: .int64) && state["T_i"] == Tensor(6, dtype: .int64))
    #expect(state["T_cur"] == Tensor(1.0, dtype: .float64))
    #expect(state["base_lrs"] == Tensor([0.1, 0.03], dtype: .float64))
    #expect(state["_last_lr"] == Tensor(scheduler.lastLearningRates, dtype: .float64))
    #expect(state.values.allSatisfy { $0.dtype == .int64 || $0.dtype == .float64 })
    let plateau = ReduceLROnPlateau(ScheduleCase.optimizer())
    #expect(
      Set(plateau.stateDict().keys) == ["last_epoch", "_last_lr", "best", "num_bad_epochs", "cooldown_counter"])
  }

  @Test func stateOfMembersIsUnderTheirPlaces() {
    let optimizer = ScheduleCase.optimizer()
    let inner = ChainedScheduler([StepLR(optimizer, stepSize: 3), LambdaLR(optimizer, lrLambda: { _ in 1 })])
    let outer = SequentialLR(optimizer, schedulers: [LinearLR(optimizer), inner], milestones: [4])
    let keys = ["last_epoch", "_last_lr", "base_lrs"]
    let prefixes = [
      "", "_schedulers.0.", "_schedulers.1.", "_schedulers.1._schedulers.0.", "_schedulers.1._schedulers.1.",
    ]
    #expect(Set(outer.stateDict().keys) == Set(prefixes.flatMap { prefix in keys.map { prefix + $0 } }))
  }

  @Test func travelsThroughAFile() throws {
    let scratch = try Scratch()
    let path = scratch.file("scheduler.safetensors")
    let (plateau, other) = (ReduceLROnPlateau(ScheduleCase.optimizer()), ReduceLROnPlateau(ScheduleCase.optimizer()))
    try SafeTensors.write(plateau.stateDict(), to: path)
    other.step(1)
    try other.loadStateDict(SafeTensors.read(path, mapped: false).tensors)
    #expect(other.best == .infinity && other.lastEpoch == 0)
  }

  @Test func aWrongStateChangesNothingAndSaysAllThatIsWrong() throws {
    let (scheduler, source) = (restarts(), restarts())
    for _ in 0..<4 { source.step() }
    var state = source.stateDict()
    let before = scheduler.stateDict()
    state["T_cur"] = nil
    state["base_lrs"] = Tensor([0.1], dtype: .float64)
    state["momentum"] = Tensor(0.5)
    let error = #expect(throws: StateDictError.self) { try scheduler.loadStateDict(state) }
    #expect(error?.missing == ["T_cur"] && error?.unexpected == ["momentum"])
    #expect(error?.misshaped == ["base_lrs: expected [2], got [1]"])
    #expect(scheduler.stateDict() == before)
    state = source.stateDict()
    state["T_i"] = Tensor(2.5, dtype: .float64)
    #expect(throws: StateDictError.self) { try scheduler.loadStateDict(state) }
    #expect(scheduler.stateDict() == before)
  }

  /// The rates themselves belong to the optimizer's state.
  @Test func loadingLeavesTheOptimizerAlone() throws {
    let optimizer = ScheduleCase.optimizer()
    let (scheduler, source) = (StepLR(optimizer, stepSize: 1), StepLR(ScheduleCase.optimizer(), stepSize: 1))
    source.step()
    try scheduler.loadStateDict(source.stateDict())
    #expect(optimizer.learningRates == [0.1, 0.03] && scheduler.lastLearningRates == source.lastLearningRates)
  }
}
