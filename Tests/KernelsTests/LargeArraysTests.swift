#if os(Linux) && !DEBUG
  import Glibc
  import TestSupport
  import Testing

  import Kernels

  /// An array of more than 2³¹ floats in a few megabytes: one block of memory mapped again and again, and a last page of its
  /// own.
  private final class RepeatedArray {
    /// Elements; not a multiple of any vector.
    static let count = (1 << 31) + 1029
    private static let block = 1 << 26
    private static let page = 1 << 12
    private let bytes = (RepeatedArray.count * 4 + RepeatedArray.block) / RepeatedArray.block * RepeatedArray.block
    let data: UnsafeMutablePointer<Float>

    init(repeating value: Float) {
      let stream = tmpfile()!
      let file = fileno(stream)
      ftruncate(file, RepeatedArray.block)
      let base = mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)!
      for start in stride(from: 0, to: bytes, by: RepeatedArray.block) {
        mmap(base + start, RepeatedArray.block, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0)
      }
      fclose(stream)
      let last = (RepeatedArray.count * 4 - 1) / RepeatedArray.page * RepeatedArray.page
      mmap(base + last, RepeatedArray.page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0)
      data = base.assumingMemoryBound(to: Float.self)
      data.update(repeating: value, count: RepeatedArray.block / 4)
      for i in last / 4..<RepeatedArray.count { data[i] = value }
    }

    deinit { munmap(data, bytes) }
  }

  /// Counts and offsets beyond 32 bits, at every level: a kernel that kept one in an `Int32` would stop early or crash.
  @Suite(.exclusiveKernels) struct LargeArraysTests {
    private let n = RepeatedArray.count

    private func atEveryLevel(_ body: (SIMDLevel) -> Void) {
      for level in SIMDLevel.available { SIMDLevel.with(level) { body(level) } }
    }

    @Test func reductionsReachTheEnd() {
      let (x, line) = (RepeatedArray(repeating: 1), Lines(outer: 1, n, inner: 1))
      x.data[n - 1] = 3
      atEveryLevel { level in
        var (sum, largest) = (Float(0), Float(0))
        Kernels.reduce(.sum, .float32, line, LinesOf(x.data, .float32, group: n, step: 1), &sum)
        Kernels.reduce(.maximum, .float32, line, LinesOf(x.data, .float32, group: n, step: 1), &largest)
        // Partial sums are whole numbers that a float holds; only the last additions round, to a unit of 256.
        #expect(abs(Double(sum) - Double(n + 2)) <= 256 && largest == 3, "\(level)")
        var index: Int64 = 0
        argMax(.float32, line, LinesOf(x.data, .float32, group: n, step: 1), &index)
        #expect(index == Int64(n - 1), "\(level)")
      }
    }

    @Test func elementwiseLoopsReachTheEnd() {
      let (x, y) = (RepeatedArray(repeating: 2), RepeatedArray(repeating: 0))
      x.data[n - 1] = 5
      atEveryLevel { level in
        unary(.negate, .float32, n, x.data, y.data)
        #expect(y.data[n - 1] == -5 && y.data[n - 2] == -2 && y.data[0] == -2, "\(level)")
        binary(.multiply, .float32, n, x.data, 1, x.data, 1, y.data)
        #expect(y.data[n - 1] == 25 && y.data[n - 2] == 4, "\(level)")
      }
    }

    @Test func copiesReachTheEnd() {
      let (x, y) = (RepeatedArray(repeating: 2), RepeatedArray(repeating: 0))
      x.data[n - 1] = 5
      copyStrided(.float32, sizes: [n], x.data, [1], y.data, [1])
      #expect(y.data[n - 1] == 5 && y.data[n - 2] == 2)
      copyStrided(.float32, sizes: [2], x.data, [n - 1], y.data, [1])
      #expect(y.data[0] == 2 && y.data[1] == 5)
    }
  }
#endif
