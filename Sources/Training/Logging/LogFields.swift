/// What stands in a line of a log: names with numbers, in order.
struct LogFields {
  enum Value {
    case integer(Int)
    case number(Double)
  }

  private(set) var entries: [(name: String, value: Value)] = []

  mutating func append(_ name: String, _ value: Int) { entries.append((name, .integer(value))) }

  mutating func append(_ name: String, _ value: Double?) {
    if let value { entries.append((name, .number(value))) }
  }

  /// `learning_rate` for one parameter group, `learning_rate_0` … for several.
  mutating func append(learningRates: [Double]) {
    for (group, rate) in learningRates.enumerated() {
      append(learningRates.count == 1 ? "learning_rate" : "learning_rate_\(group)", rate)
    }
  }

  mutating func append(_ prefix: String, _ scores: Scores) {
    for entry in scores.entries { append(prefix + entry.name, entry.value) }
  }

  subscript(name: String) -> Value? { entries.first { $0.name == name }?.value }
}

extension EpochRecord {
  var logFields: LogFields {
    var fields = LogFields()
    fields.append("epoch", epoch)
    fields.append("steps", steps)
    fields.append("samples", samples)
    fields.append("seconds", seconds)
    fields.append(learningRates: learningRates)
    fields.append("training_", training)
    if let validation { fields.append("validation_", validation) }
    return fields
  }
}

extension StepRecord {
  var logFields: LogFields {
    var fields = LogFields()
    fields.append("step", step)
    fields.append("epoch", epoch)
    fields.append("samples", samples)
    fields.append("loss", loss)
    fields.append("gradient_norm", gradientNorm)
    fields.append(learningRates: learningRates)
    return fields
  }
}
