import Foundation
import Tensors

extension SummaryWriter {
  /// What a run was made with and what it came to, for TensorBoard's table of runs.
  ///
  /// ```swift
  /// try writer.addHParams(["lr": 0.1, "optimizer": "SGD", "nesterov": true], ["hparam/accuracy": 0.97])
  /// ```
  ///
  /// They go to a run of their own, a directory `runName` within this one: by default its name is the time in seconds.
  /// The metrics are also scalars there, so their tags should be no others'.
  public func addHParams(
    _ hparams: [String: HyperParameter], _ metrics: [String: Double], runName: String? = nil, step: Int = 0,
    wallTime: Double? = nil
  ) throws {
    let writer = try SummaryWriter(directory + "/" + (runName ?? "\(Date().timeIntervalSince1970)"))
    let parameters = hparams.sorted { $0.key < $1.key }
    let figures = metrics.sorted { $0.key < $1.key }
    try writer.addPlugin("experiment", step, wallTime, field: 2) { experiment in
      for (name, value) in parameters {
        experiment.message(4) { info in
          info.string(1, name)
          info.integer(4, value.type)
        }
      }
      for (name, _) in figures { experiment.message(5) { info in info.message(1) { $0.string(2, name) } } }
    }
    try writer.addPlugin("session_start_info", step, wallTime, field: 3) { start in
      for (name, value) in parameters {
        start.message(1) { entry in
          entry.string(1, name)
          entry.message(2, value.message)
        }
      }
    }
    try writer.addPlugin("session_end_info", step, wallTime, field: 4) { $0.integer(1, 1) }  // STATUS_SUCCESS
    for (name, value) in figures { try writer.addScalar(name, value, step: step, wallTime: wallTime) }
    try writer.close()
  }

  /// Data of the plug-in `hparams`: a message with one field set.
  private func addPlugin(
    _ name: String, _ step: Int, _ wallTime: Double?, field: Int, _ fill: (inout ProtobufMessage) -> Void
  ) throws {
    let content = ProtobufMessage { $0.message(field, fill) }
    try add("_hparams_/" + name, step, wallTime) { value in
      value.message(9) { metadata in
        metadata.message(1) { plugin in
          plugin.string(1, "hparams")
          plugin.data(2, content.bytes)
        }
      }
    }
  }
}
