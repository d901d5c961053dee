import TestSupport

/// Ten classes of images in MNIST's files: a horizontal bar at one of ten heights, or of ten brightnesses where an image
/// has fewer rows than two for each class.
enum BarImages {
  /// Writes a training set and a test set into a directory, the classes in turn.
  static func write(size: Int, training: Int, test: Int, to scratch: Scratch) throws {
    for (name, count) in [("train", training), ("t10k", test)] {
      let labels = (0..<count).map { UInt8($0 % 10) }
      let pixels = labels.flatMap { image($0, size) }
      try scratch.write(header([count, size, size]) + pixels, to: "\(name)-images-idx3-ubyte")
      try scratch.write(header([count]) + labels, to: "\(name)-labels-idx1-ubyte")
    }
  }

  private static func image(_ label: UInt8, _ size: Int) -> [UInt8] {
    let (bar, brightness): (Int, UInt8) = size < 20 ? (size / 2, 25 * (label + 1)) : (2 * Int(label) + 4, 255)
    return (0..<size).flatMap { row in Array(repeating: row == bar ? brightness : 0, count: size) }
  }

  /// The magic number of unsigned bytes, the rank, and big-endian sizes.
  private static func header(_ sizes: [Int]) -> [UInt8] {
    [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 0xFF) } }
  }
}
