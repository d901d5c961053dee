import Autograd
import Tensors

/// What a model is made of and what one forward pass gave: a line a module, with output shapes, parameter counts and memory.
public struct ModuleSummary: CustomStringConvertible, Sendable {
  /// One module.
  public struct Entry: Sendable {
    /// Its name in the model, `encoder.layers.0`; empty for the model itself.
    public let name: String
    /// Its name in the module that holds it, `layers.0`.
    public let label: String
    /// Its class.
    public let type: String
    /// How many modules it is in.
    public let depth: Int
    /// The shapes of its outputs in the first call; none if it was not called.
    public let outputShapes: [Shape]
    /// The elements of its own parameters, not those of the modules in it.
    public let parameterCount: Int
    /// How often it was called.
    public let callCount: Int
  }

  /// The modules in order; one that is shared comes under each of its names.
  public let entries: [Entry]
  /// The elements of all parameters, shared ones once.
  public let parameterCount: Int
  /// The elements of the parameters that require a gradient.
  public let trainableCount: Int
  /// The bytes of all parameters and buffers.
  public let stateBytes: Int
  /// The bytes of the outputs of all calls of modules that hold no others: what a backward pass may keep.
  public let activationBytes: Int

  /// A table.
  public var description: String {
    let rows = entries.map { entry in
      let name = entry.label.isEmpty ? entry.type : "\(entry.label) (\(entry.type))"
      let label = String(repeating: "  ", count: entry.depth) + name
      let shapes = entry.outputShapes.map { "\($0)" }.joined(separator: ", ")
      let times = entry.callCount > 1 ? " ×\(entry.callCount)" : ""
      return [label, entry.callCount == 0 ? "not called" : shapes + times, "\(grouped(entry.parameterCount))"]
    }
    let table = [["Layer", "Output", "Parameters"]] + rows
    let widths = (0..<3).map { column in table.map { $0[column].count }.max() ?? 0 }
    let lines = table.map { row in
      row[0].padded(widths[0]) + "  " + row[1].padded(widths[1]) + "  " + row[2].padded(widths[2], atStart: true)
    }
    let rule = String(repeating: "─", count: widths.reduce(4, +))
    return ([lines[0], rule] + lines.dropFirst() + [rule] + totals).joined(separator: "\n")
  }

  private var totals: [String] {
    [
      "parameters: \(grouped(parameterCount)), of which trainable: \(grouped(trainableCount))",
      "memory: \(bytes(stateBytes)) of parameters and buffers, \(bytes(activationBytes)) of activations",
    ]
  }
}

/// 1234567 as 1,234,567.
private func grouped(_ count: Int) -> String {
  let digits = Array("\(count)")
  return digits.enumerated().reduce("") { text, digit in
    let isBoundary = digit.offset > 0 && (digits.count - digit.offset) % 3 == 0
    return text + (isBoundary ? "," : "") + String(digit.element)
  }
}

/// In kilobytes of 1000 bytes from there on, with one digit behind the point, and so on.
private func bytes(_ count: Int) -> String {
  let units = ["kB", "MB", "GB", "TB"]
  var (value, unit) = (Double(count) / 1000, 0)
  if value < 1 { return "\(count) B" }
  while value >= 999.95 && unit + 1 < units.count { (value, unit) = (value / 1000, unit + 1) }
  return "\((value * 10).rounded() / 10) \(units[unit])"
}

extension String {
  fileprivate func padded(_ width: Int, atStart: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - count))
    return atStart ? spaces + self : self + spaces
  }
}
