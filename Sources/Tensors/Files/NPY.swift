import Foundation
import Kernels

/// numpy's `.npy` format: one array in one file.
///
/// A header of text says type, order and shape; the elements follow. Versions 1, 2 and 3 of the header are read, in both
/// byte orders, in C and Fortran order. The tensor has the array's type, or the narrowest that holds it without loss:
///
/// | in the file | tensor |
/// |---|---|
/// | float32, float64, int32, int64, uint8, bool | of that type |
/// | float16 | `.float32` |
/// | int8, int16, uint16 | `.int32` |
/// | uint32 | `.int64` |
///
/// Others — uint64, complex numbers, text, records, Python objects — are an error that names the type.
public enum NPY {
  /// Writes a tensor to a file that `numpy.load` reads, in row-major order, through a temporary one that then takes its
  /// name.
  ///
  /// - Throws: ``DataError`` naming the path if it can't be written.
  public static func write(_ tensor: Tensor, to path: String) throws { try writeAtomically(encode(tensor), to: path) }

  /// Reads the array of a file.
  ///
  /// - Parameter mapped: Whether the tensor may be a view of the file, as with numpy's `mmap_mode="c"`: then the elements
  ///   are read when they are used, and the file must keep its content as long as the tensor lives. See
  ///   ``SafeTensors/read(_:mapped:)``.
  /// - Throws: ``DataError`` naming the file, the part of it and what was expected.
  public static func read(_ path: String, mapped: Bool = false) throws -> Tensor {
    try decode(ByteSource.open(path, mapped: mapped))
  }

  package static func encode(_ tensor: Tensor) -> Data {
    var data = NPYHeader.bytes(of: tensor)
    data.reserveCapacity(data.count + tensor.elementCount * tensor.dtype.size)
    data.append(elementsOf: tensor)
    return data
  }

  package static func decode(_ source: ByteSource) throws -> Tensor {
    let header = try NPYHeader(source)
    let found = source.count - header.length
    guard let expected = Shape.byteCount(header.sizes, elementSize: header.kind.size) else {
      throw DataError(file: source.name, field: "shape", reason: "\(header.sizes) is too large")
    }
    guard found == expected else {
      let state = found < expected ? "truncated" : "too long"
      let reason = "\(state): found \(found) bytes, expected \(expected) for the shape \(header.sizes)"
      throw DataError(file: source.name, field: "elements", reason: reason)
    }
    // Fortran order is row-major order of the axes backwards.
    let sizes = header.isFortranOrder ? header.sizes.reversed() : header.sizes
    let tensor = try source.tensor(Shape(sizes), of: header.kind, bigEndian: header.isBigEndian, at: header.length)
    return header.isFortranOrder ? tensor.permuted((0..<tensor.rank).reversed()) : tensor
  }
}
