import Tensors

/// A tensor that takes part in differentiation: its value, and the node of the operation that made it.
///
/// ```swift
/// let x = Variable([1.0, 2.0, 3.0], requiresGrad: true)
/// let loss = (x * x).sum()
/// loss.backward()
/// print(x.grad!)  // [2. 4. 6.]
/// ```
///
/// A variable made by an initializer is a leaf; with `requiresGrad` its gradient accumulates in ``grad``. Operations on
/// variables that require gradients are recorded as they execute, with the nodes of their inputs and a closure for the
/// way back. What a closure saves is a value: changing ``value`` later never changes a gradient.
public final class Variable {
  // Not checked for overlapping access at run time: see Node.
  @exclusivity(unchecked) private var stored: Tensor
  @exclusivity(unchecked) package private(set) var node: Node?
  /// The node of a leaf whose gradient is switched off: graphs recorded before lead there, and it comes back.
  @exclusivity(unchecked) private var dormant: Node?

  package init(_ value: Tensor, node: Node?) {
    stored = value
    self.node = node
  }

  /// A leaf. Only floating-point tensors can require gradients.
  public convenience init(_ value: Tensor, requiresGrad: Bool) {
    self.init(value, node: nil)
    if requiresGrad { self.requiresGrad = true }
  }

  /// A leaf scalar.
  public convenience init<S: TensorScalar>(_ value: S, requiresGrad: Bool = false, dtype: DType? = nil) {
    self.init(Tensor(value, dtype: dtype), requiresGrad: requiresGrad)
  }

  /// A leaf vector.
  public convenience init<S: TensorScalar>(_ values: [S], requiresGrad: Bool = false, dtype: DType? = nil) {
    self.init(Tensor(values, dtype: dtype), requiresGrad: requiresGrad)
  }

  /// A leaf matrix.
  public convenience init<S: TensorScalar>(_ rows: [[S]], requiresGrad: Bool = false, dtype: DType? = nil) {
    self.init(Tensor(rows, dtype: dtype), requiresGrad: requiresGrad)
  }

  /// The numbers. May be changed in place (`w.value -= …`); the shape and dtype of a variable that requires a gradient
  /// must stay.
  public var value: Tensor {
    @inline(__always) get { stored }
    _modify {
      yield &stored
      if let node, node.shape != stored.shape || node.dtype != stored.dtype {
        fail(
          "value",
          "assigned \(stored.dtype)\(stored.shape) to a variable of \(node.dtype)\(node.shape) that requires a gradient"
        )
      }
    }
  }

  /// Adds a tensor of the same shape and dtype, in place where nobody shares the memory.
  @inline(__always) func add(_ other: Tensor) { stored += other }

  /// The sizes of the axes.
  public var shape: Shape { stored.shape }
  /// The type of the elements.
  public var dtype: DType { stored.dtype }
  /// The number of axes.
  public var rank: Int { stored.rank }
  /// The number of elements.
  public var elementCount: Int { stored.elementCount }

  /// Whether `backward()` reaches this variable. Can be changed on leaves only. Switched off, it keeps its gradient and its
  /// hooks, and graphs recorded before still add to it.
  public var requiresGrad: Bool {
    get { node != nil }
    set {
      require(isLeaf, "requiresGrad", "this variable is the result of an operation; expected a leaf (see detached())")
      if newValue == requiresGrad { return }
      require(
        dtype.isFloatingPoint, "requiresGrad", "dtype \(dtype) has no gradient; expected float32 or float64")
      if newValue {
        node = dormant.take().flatMap { fits($0) ? $0 : nil } ?? .leaf(shape, dtype)
      } else {
        dormant = node.take()
      }
    }
  }

  /// Whether this variable was made by the user and not by a recorded operation.
  public var isLeaf: Bool { node?.isLeaf ?? true }

  /// The gradient that `backward()` has accumulated; nil before, on variables that are no leaves, and after
  /// ``zeroGrad()``.
  public var grad: Variable? {
    get { (node ?? dormant)?.grad }
    set {
      guard let node else {
        require(newValue == nil, "grad", "this variable does not require a gradient")
        return
      }
      if let gradient = newValue {
        require(
          gradient.shape == shape && gradient.dtype == dtype, "grad",
          "a gradient of \(gradient.dtype)\(gradient.shape) for a variable of \(dtype)\(shape)")
      }
      node.grad = newValue
    }
  }

  /// Forgets the accumulated gradient.
  public func zeroGrad() { (node ?? dormant)?.grad = nil }

  /// The same value outside the graph: no gradient flows back through the result. Memory is shared until one changes.
  public func detached() -> Variable { Variable(stored, node: nil) }

  /// The value of a variable with one element.
  public func item<S: TensorScalar>(as type: S.Type = Double.self) -> S { stored.item(as: type) }
}

extension Variable: CustomStringConvertible {
  /// The value, as ``Tensor/description``.
  public var description: String { stored.description }
}

/// An operand of a recorded operation: a variable, or one as it was.
package protocol Operand {
  var value: Tensor { get }
  var node: Node? { get }
  var variable: Variable { get }
  var saved: Saved { get }
}

/// A variable as it was when an operation used it: what a pullback captures in place of the variable itself, whose value
/// may have been updated by the time of the backward pass.
package struct Saved: Operand {
  package let value: Tensor
  package let node: Node?

  @inline(__always) package var variable: Variable { Variable(value, node: node) }
  @inline(__always) package var saved: Saved { self }
}

extension Variable: Operand {
  @inline(__always) package var variable: Variable { self }
  @inline(__always) package var saved: Saved { Saved(value: value, node: node) }

  /// Becomes what was saved, value and place in the graph, and gives what it was. Not locked: no other thread may use the
  /// variable meanwhile.
  @discardableResult
  package func exchange(_ other: Saved) -> Saved {
    let own = saved
    (stored, node) = (other.value, other.node)
    return own
  }
}

/// Operations composed of others come from ``TensorProtocol``.
extension Variable: TensorProtocol {
  /// A constant: nothing flows back to it.
  public convenience init(_ value: Tensor) { self.init(value, node: nil) }

  /// a ∘ b, broadcast.
  public static func combined(_ a: Variable, _ operation: Arithmetic, _ b: Variable) -> Variable {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    }
  }
}
