import Tensors

/// A number of a group's options under PyTorch's name, to and from a tensor.
struct OptionField<Options> {
  let name: String
  let shape: Shape
  let get: (Options) -> Tensor
  /// Whether the value is one that the option can have.
  let set: (inout Options, Tensor) -> Bool
}

extension OptionField {
  /// A number.
  init(_ name: String, _ path: WritableKeyPath<Options, Double>) {
    self.init(name, [], { [$0[keyPath: path]] }, { $0[keyPath: path] = $1[0] })
  }

  /// A pair of numbers.
  init(_ name: String, _ path: WritableKeyPath<Options, (Double, Double)>) {
    self.init(
      name, [2], { [$0[keyPath: path].0, $0[keyPath: path].1] }, { $0[keyPath: path] = ($1[0], $1[1]) })
  }

  /// Three numbers.
  init(_ name: String, _ path: WritableKeyPath<Options, (Double, Double, Double)>) {
    self.init(
      name, [3], { [$0[keyPath: path].0, $0[keyPath: path].1, $0[keyPath: path].2] },
      { $0[keyPath: path] = ($1[0], $1[1], $1[2]) })
  }

  private init(
    _ name: String, _ shape: Shape, _ get: @escaping (Options) -> [Double],
    _ set: @escaping (inout Options, [Double]) -> Void
  ) {
    self.init(name: name, shape: shape) {
      Tensor(get($0), dtype: .float64).reshaped(shape)
    } set: {
      set(&$0, $1.scalars(as: Double.self))
      return true
    }
  }

  /// A switch.
  init(_ name: String, _ path: WritableKeyPath<Options, Bool>) {
    self.init(name: name, shape: []) {
      Tensor($0[keyPath: path] ? 1 : 0, dtype: .bool)
    } set: {
      $0[keyPath: path] = $1.item(as: Double.self) != 0
      return true
    }
  }

  /// A whole number of a range, such as a limit.
  init(_ name: String, _ path: WritableKeyPath<Options, Int>, in range: ClosedRange<Int> = 0...Int.max) {
    self.init(name: name, shape: []) {
      Tensor($0[keyPath: path], dtype: .int64)
    } set: {
      guard let value = Int(exactly: $1.item(as: Double.self)), range.contains(value) else { return false }
      $0[keyPath: path] = value
      return true
    }
  }
}

extension OptionField {
  /// One of several ways, by number.
  init<Choice: RawRepresentable>(_ name: String, _ path: WritableKeyPath<Options, Choice>)
  where Choice.RawValue == Int {
    self.init(name: name, shape: []) {
      Tensor($0[keyPath: path].rawValue, dtype: .int64)
    } set: {
      guard let choice = Int(exactly: $1.item(as: Double.self)).flatMap(Choice.init) else { return false }
      $0[keyPath: path] = choice
      return true
    }
  }
}
