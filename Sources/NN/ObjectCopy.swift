import CKernels
import Tensors

/// A new object of the same class, its stored properties made from those of the original by `copied`: what an initializer
/// would do, for classes whose initializers nobody knows. Swift has no reflection that writes; this stands on the runtime's
/// own entry points for `Mirror`.
///
/// A property that is weak or unowned, or that holds a value that can't be copied, stops the program.
func copyObject<Object: AnyObject>(_ object: Object, register: (Object) -> Void, copied: (Any) -> Any?) -> Object {
  let fields = storedFields(of: type(of: object))
  let size = fields.reduce(2 * MemoryLayout<Int>.size) { max($0, $1.offset + $1.size) }
  let memory = adj_new_object(unsafeBitCast(type(of: object) as AnyClass, to: UnsafeRawPointer.self), size, 15)!
  let copy = Unmanaged<Object>.fromOpaque(memory)
  let source = UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque())
  // Everything is initialized before anything is copied in depth: the copy may be met again below itself.
  for field in fields { field.initialize(memory, from: source) }
  let result = copy.takeRetainedValue()
  register(result)
  for field in fields { field.replace(memory, copied) }
  return result
}

/// A stored property of a class.
private struct StoredField {
  let name: String
  let offset: Int
  let type: Any.Type

  var size: Int {
    func size<Value>(_: Value.Type) -> Int { MemoryLayout<Value>.size }
    return _openExistential(type, do: size)
  }

  /// Sets the property to that of another object.
  func initialize(_ memory: UnsafeMutableRawPointer, from source: UnsafeRawPointer) {
    func initialize<Value>(_: Value.Type) {
      let value = (source + offset).assumingMemoryBound(to: Value.self)
      (memory + offset).initializeMemory(as: Value.self, from: value, count: 1)
    }
    _openExistential(type, do: initialize)
  }

  /// Sets the property to what its value becomes, unless that is nil.
  func replace(_ memory: UnsafeMutableRawPointer, _ copied: (Any) -> Any?) {
    func replace<Value>(_: Value.Type) {
      let place = (memory + offset).assumingMemoryBound(to: Value.self)
      if let copy = copied(place.pointee), let value = copy as? Value { place.pointee = value }
    }
    _openExistential(type, do: replace)
  }
}

private func storedFields(of type: AnyClass) -> [StoredField] {
  let pointer = unsafeBitCast(type, to: UnsafeRawPointer.self)
  return (0..<adj_field_count(pointer)).map { index in
    var field = adj_field()
    let fieldType = unsafeBitCast(adj_field_type(pointer, index, &field), to: Any.Type.self)
    let name = field.name.map { String(cString: $0) } ?? ""
    if let release = field.release { release(field.name) }
    require(
      field.is_strong, "\(type).copied",
      "the property \(name) is weak or unowned; expected strong references only (a new module can load this one's state dict)"
    )
    // The runtime's reflection gives a type whose values can't be copied as the empty tuple.
    require(
      fieldType != Void.self, "\(type).copied",
      "the property \(name) can't be copied; expected values of copyable types (a new module can load this one's state "
        + "dict)")
    return StoredField(name: name, offset: adj_field_offset(pointer, index), type: fieldType)
  }
}
