import TestSupport
import Testing

@Suite struct FixtureCaseTests {
  @Test func everyOptionIsKnown() throws {
    let known: [String: Set<String>] = [
      "optimizers": [
        "optimizer", "lr", "lr_of", "momentum", "dampening", "nesterov", "weight_decay", "maximize", "betas", "eps",
        "amsgrad", "decoupled_weight_decay", "momentum_decay", "lr_decay", "initial_accumulator_value", "rho", "alpha",
        "centered", "etas", "step_sizes", "adjust_lr_fn", "ns_steps", "ns_coefficients", "nan",
      ],
      "minimizers": [
        "problem", "lr", "max_iter", "max_eval", "history_size", "line_search_fn", "tolerance_grad", "tolerance_change",
        "maximize",
      ],
      "mlp": ["optimizer", "lr", "momentum"],
      "initializers": ["initializer", "groups"],
      "schedules": [
        "scheduler", "optimizer", "touched", "step_size", "gamma", "milestones", "start_factor", "end_factor",
        "total_iters", "factor", "power", "T_max", "eta_min", "T_0", "T_mult", "lr_lambda", "max_lr", "total_steps",
        "epochs", "steps_per_epoch", "pct_start", "anneal_strategy", "cycle_momentum", "base_momentum", "max_momentum",
        "div_factor", "final_div_factor", "three_phase", "base_lr", "step_size_up", "step_size_down", "mode",
        "scale_fn",
        "scale_mode", "patience", "threshold", "threshold_mode", "cooldown", "min_lr", "eps",
      ],
    ]
    for (file, names) in known {
      let used = try FixtureCase.all(file).reduce(into: Set<String>()) { $0.formUnion($1.options.names) }
      #expect(used == names, "\(file)")
    }
  }
}
