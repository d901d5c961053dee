#if os(Linux) && arch(x86_64) && !DEBUG
  import Foundation
  import Testing

  import Kernels

  /// The release binary holds every kernel three times, in the instructions of each level.
  @Suite struct MachineCodeTests {
    /// Vector instructions by their encodings: 512-bit EVEX, 256-bit VEX, and the multiply-adds among them.
    private struct Counts {
      var evex512 = 0
      var evex512FMA = 0
      var vex256 = 0
      var vex256FMA = 0

      init(_ code: [UInt8]) {
        for i in 0..<max(0, code.count - 6) {
          countEVEX(code[i..<i + 5].map { $0 })
          countVEX(code[i..<i + 4].map { $0 })
        }
      }

      /// 62, then: reserved bit clear and opcode map 1...3; fixed bit set; vector length 2; opcode.
      private mutating func countEVEX(_ c: [UInt8]) {
        guard c[0] == 0x62, c[1] & 0x0C == 0, c[1] & 3 != 0, c[2] & 4 != 0, c[3] >> 5 & 3 == 2 else { return }
        evex512 += 1
        if c[1] & 3 == 2, c[2] & 3 == 1, isFMA(c[4]) { evex512FMA += 1 }
      }

      /// C5, vector length 1 and a common opcode; or C4, opcode map 1...3, vector length 1, opcode.
      private mutating func countVEX(_ c: [UInt8]) {
        if c[0] == 0xC5, c[1] & 4 != 0, Self.common.contains(c[2]) { vex256 += 1 }
        guard c[0] == 0xC4, (1...3).contains(c[1] & 0x1F), c[2] & 4 != 0 else { return }
        if c[1] & 0x1F == 1, Self.common.contains(c[3]) { vex256 += 1 }
        if c[1] & 0x1F == 2, c[2] & 3 == 1, isFMA(c[3]) { vex256FMA += 1 }
      }

      /// Moves, logic, arithmetic, comparison.
      private static let common: Set<UInt8> = [
        0x10, 0x11, 0x28, 0x29, 0x6F, 0x7F, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5C, 0x5D, 0x5E, 0x5F, 0xC2,
      ]

      private func isFMA(_ opcode: UInt8) -> Bool { (0x96...0xBF).contains(opcode) && opcode & 0xF >= 6 }
    }

    private static let fusing = [
      "unary", "binary", "muladd", "softmax", "matmul", "gemv", "sgd", "adam", "attention_wide", "attention_narrow",
      "attention_softmax", "attention_grad", "attention_delta", "conv_channel", "conv_position", "conv_weight", "limit",
      "axpy", "dot", "rotate", "gram",
    ]

    /// The names in the lists of entries, both types where a type is left open, without the level.
    private static let entries: [String] = {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/CKernels/include").standardized
      let headers = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
      return headers.filter { $0.lastPathComponent.hasSuffix("Entries.h") }.flatMap { header in
        let text = (try? String(contentsOf: header, encoding: .utf8)) ?? ""
        let families = text.matches(of: /MULTIVERSION\((adj_\w+?)_##S/).map { String($0.1) }
        let others = text.matches(of: /MULTIVERSION\((adj_\w+),/).map { String($0.1) }
        return families.flatMap { ["\($0)_f32", "\($0)_f64"] } + others
      }
    }()

    @Test func theListOfEntriesIsRead() {
      #expect(Self.entries.count >= 34)
      for name in ["adj_matmul_wide8_f32", "adj_argmax_rows_f64", "adj_transpose"] {
        #expect(Self.entries.contains(name))
      }
    }

    /// A wrapper that only jumped to the baseline's body would hold no vector instruction.
    @Test func everyKernelIsCompiledForEveryLevel() throws {
      let executable = try Executable()
      for entry in Self.entries {
        let baseline = Counts(try #require(executable.code(entry), "\(entry)"))
        let avx2 = Counts(try #require(executable.code(entry + "_avx2"), "\(entry)_avx2"))
        let avx512 = Counts(try #require(executable.code(entry + "_avx512"), "\(entry)_avx512"))
        #expect(avx512.evex512 >= 2, "\(entry)_avx512: \(avx512)")
        #expect(avx2.vex256 >= 4, "\(entry)_avx2: \(avx2)")
        #expect(avx2.evex512FMA == 0 && baseline.evex512FMA == 0 && baseline.vex256FMA == 0, "\(entry)")
        #expect(baseline.evex512 < avx512.evex512 && baseline.vex256 < avx2.vex256, "\(entry): \(baseline)")
        guard Self.fusing.contains(where: { entry.hasPrefix("adj_\($0)") }) else { continue }
        #expect(avx512.evex512FMA > 0, "\(entry)_avx512: \(avx512)")
        #expect(avx2.vex256FMA > 0, "\(entry)_avx2: \(avx2)")
      }
    }

    /// Partitions and sorting networks stand outside of the entries: they are compiled for AVX-512 alone.
    @Test func sortingHasItsOwnFunctions() throws {
      let executable = try Executable()
      for name in ["u32_split", "u64_split", "u32_sort_vectors", "u64_sort_vectors"] {
        let code = Counts(try #require(executable.code("adj_\(name)"), "\(name)"))
        #expect(code.evex512 >= 5, "\(name): \(code)")
      }
    }

    /// The register tiles keep their accumulators in registers: 16 and 12 multiply-adds a step, at least.
    @Test func tilesAreUnrolled() throws {
      let executable = try Executable()
      for type in ["f32", "f64"] {
        let wide = Counts(try #require(executable.code("adj_matmul_wide8_\(type)_avx512")))
        let narrow = Counts(try #require(executable.code("adj_matmul_narrow6_\(type)_avx2")))
        #expect(wide.evex512FMA >= 16)
        #expect(narrow.vex256FMA >= 12)
        // A's two layouts have a loop each.
        let wideBlock = Counts(try #require(executable.code("adj_attention_wide_\(type)_avx512")))
        let narrowBlock = Counts(try #require(executable.code("adj_attention_narrow_\(type)_avx2")))
        #expect(wideBlock.evex512FMA >= 32)
        #expect(narrowBlock.vex256FMA >= 24)
      }
    }

    /// Tiles of 1 to 8 rows: 36 multiply-adds a vector. One that the compiler gave up inlining would be missing here.
    @Test func convolutionTilesAreInlined() throws {
      let executable = try Executable()
      for (entry, count) in [
        ("channel_lanes1", 36), ("channel_lanes2", 72), ("position_lanes1", 36), ("position_lanes2", 72),
        ("position_lanes4", 12), ("weight_channel_lanes1", 36), ("weight_channel_lanes2", 72),
        ("weight_position_lanes", 20),
      ] {
        for type in ["f32", "f64"] {
          let code = Counts(try #require(executable.code("adj_conv_\(entry)_\(type)_avx512")))
          #expect(code.evex512FMA >= count, "\(entry)_\(type): \(code)")
        }
      }
    }
  }
#endif
