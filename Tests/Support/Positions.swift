/// Every position of an array of these sizes, in row-major order.
package func positions(_ sizes: [Int]) -> [[Int]] {
  sizes.reduce([[]]) { prefixes, size in prefixes.flatMap { prefix in (0..<size).map { prefix + [$0] } } }
}

/// The offset of a position.
package func offset(_ position: [Int], _ strides: [Int]) -> Int {
  zip(position, strides).reduce(0) { $0 + $1.0 * $1.1 }
}
