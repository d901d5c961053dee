import TestSupport
import Testing

import Tensors

@Suite struct TensorArithmeticTests {
  private let a = Tensor([6.0, -3, 0.5])
  private let b = Tensor([2.0, 4, -8])

  @Test func floats() {
    #expect(a + b == Tensor([8.0, 1, -7.5]) && a - b == Tensor([4.0, -7, 8.5]))
    #expect(a * b == Tensor([12.0, -12, -4]) && a / b == Tensor([3, -0.75, -0.0625]) && -a == Tensor([-6, 3, -0.5]))
    #expect((-Tensor([0.0])).scalars(as: Float.self)[0].sign == .minus)
  }

  @Test func numbersOnEitherSide() {
    #expect(
      a + 1 == Tensor([7.0, -2, 1.5]) && 1 + a == a + 1 && a + 0.5 == Tensor([6.5, -2.5, 1]) && 0.5 + a == a + 0.5)
    #expect(a - 1 == Tensor([5.0, -4, -0.5]) && 1 - a == Tensor([-5.0, 4, 0.5]) && a - 0.5 == Tensor([5.5, -3.5, 0]))
    #expect(
      0.5 - a == Tensor([-5.5, 3.5, 0]) && a * 2 == Tensor([12.0, -6, 1]) && 2 * a == a * 2 && a * 0.5 == 0.5 * a)
    #expect(
      a / 2 == Tensor([3, -1.5, 0.25]) && 3 / b == Tensor([1.5, 0.75, -0.375]) && a / 0.5 == a * 2
        && 1.5 / b == Tensor([0.75, 0.375, -0.1875]))
    #expect(a * Float(2) == a * 2 && a + UInt8(1) == a + 1)
  }

  /// Beside floating-point numbers they are rounded once: 2⁶³ + 2³⁹ + 1 lies just above the middle of two singles, and
  /// would lie upon it as a double.
  @Test func integersBeyondInt() {
    let big: UInt64 = 1 << 63 + 1 << 39 + 1
    #expect((Tensor([0.0]) + big).scalars(as: Float.self) == [0x1p63 + 0x1p40])
    #expect((Tensor([0.0], dtype: .float64) + UInt64.max).scalars(as: Double.self) == [0x1p64])
    #expect((Tensor([0.0]) - UInt64.max).scalars(as: Float.self) == [-0x1p64])
    #expect((Tensor([Int.max]) .<= UInt64(Int.max)).item(as: Bool.self))
    #expect((Tensor([2.0]) * (Int128(1) << 100)).scalars(as: Float.self) == [0x1p101])
  }

  @Test func integersWrapAndDivideAsFloats() {
    let x = Tensor([7, -7, Int.max])
    #expect(x + 1 == Tensor([8, -6, Int.min]) && x * 2 == Tensor([14, -14, -2]) && x - x == Tensor([0, 0, 0]))
    #expect(-x == Tensor([-7, 7, -Int.max]))
    #expect(
      Tensor([7, -7]) / 2 == Tensor([3.5, -3.5])
        && (Tensor([1], dtype: .int32) / Tensor([4], dtype: .uint8)) == Tensor([0.25]))
    #expect(Tensor([200], dtype: .uint8) + Tensor([100], dtype: .uint8) == Tensor([44], dtype: .uint8))
    #expect(Tensor([1], dtype: .uint8) - 2 == Tensor([255], dtype: .uint8))
    #expect(Tensor([Int32.max], dtype: .int32) + 1 == Tensor([Int32.min], dtype: .int32))
  }

  @Test func truthValues() {
    let (x, y) = (Tensor([true, true, false, false]), Tensor([true, false, true, false]))
    #expect(x + y == Tensor([true, true, true, false]) && x * y == Tensor([true, false, false, false]))
    #expect(
      x + 1 == Tensor([2, 2, 1, 1]) && x * 2.5 == Tensor([2.5, 2.5, 0, 0])
        && x - Tensor([1, 1, 1, 1]) == Tensor([0, 0, -1, -1]))
    #expect((x / y)[0..<3] == Tensor([1, Float.infinity, 0]))
    #expect((x / y).scalars(as: Float.self)[3].isNaN)
  }

  @Test func inPlace() {
    var x = a
    x += b
    #expect(x == a + b)
    x -= b
    #expect(x == a)
    x *= b
    #expect(x == a * b)
    x /= b
    #expect(x == a)
    x += Tensor(1)
    #expect(x == a + 1)
    x *= Tensor([2])
    #expect(x == (a + 1) * 2)
  }

  @Test func inPlaceOnViewsAndIntegers() {
    let m = counting([2, 3])
    var t = m.transposed()
    t += t
    #expect(t == (m + m).transposed() && m == counting([2, 3]))
    var x = Tensor([1, 2])
    x += Tensor([3, 4], dtype: .int32)
    #expect(x == Tensor([4, 6]))
    x *= x
    #expect(x == Tensor([16, 36]))
  }

  @Test func wrongOperandsStop() async {
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2, 3]) + Tensor.zeros([2, 4])
    }
    expectMessage(shapes, "add", "[2, 3]", "[2, 4]", "axis -1")
    let bools = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([true]) - Tensor([true])
    }
    expectMessage(bools, "subtract", "bool")
    let negated = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = -Tensor([true]) }
    expectMessage(negated, "negate", "bool")
    let larger = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor.zeros([3])
      x += Tensor.zeros([2, 3])
    }
    expectMessage(larger, "add", "[2, 3]", "float32[3]")
    let wider = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor([1, 2])
      x *= Tensor([0.5, 0.5])
    }
    expectMessage(wider, "multiply", "float32[2]", "int64[2]")
  }
}
