import CKernels

/// What a freed node held: the nodes of its inputs and its pullbacks, which may hold these nodes too.
enum Retired {
  case one(Link)
  case output(Node, ((Variable, Variable) -> Variable)?)
  case many([Link?])
  case joint([Node?], JointNode.JointPullback?)
}

/// Lets go of what a freed node held without recursion: a chain of nodes would otherwise free itself one stack frame per node
/// and overflow the stack after some 20,000. The outermost call drains a queue to which the inner ones append. The node must
/// have moved out what it hands over: while it holds it too, letting go frees nothing.
func retire(_ links: consuming Retired) {
  if let running = adj_release_queue() {
    running.assumingMemoryBound(to: [Retired].self).pointee.append(links)
    return
  }
  var queue = [links]
  withUnsafeMutablePointer(to: &queue) { queue in
    adj_set_release_queue(queue)
    while let last = queue.pointee.popLast() { _ = consume last }
    adj_set_release_queue(nil)
  }
}
