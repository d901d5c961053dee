/// A container that says whether a walk through a module's members has to look at its elements: a list of a million numbers
/// need not be read at every step of training.
protocol MemberContainer {
  var mayHoldMembers: Bool { get }
}

extension Optional: MemberContainer {
  var mayHoldMembers: Bool { map(couldBeMember) ?? false }
}

extension Array: MemberContainer {
  var mayHoldMembers: Bool { first.map(couldBeMember) ?? false }
}

extension Dictionary: MemberContainer {
  var mayHoldMembers: Bool { values.first.map(couldBeMember) ?? false }
}

/// Whether a container's elements of this type can be parameters, buffers or modules, or containers of some: objects,
/// containers, and existentials, whose values' types are others than their own.
private func couldBeMember<Element>(_ element: Element) -> Bool {
  Element.self is AnyClass || Element.self is any MemberContainer.Type || Swift.type(of: element as Any) != Element.self
}
