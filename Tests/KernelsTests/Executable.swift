#if os(Linux)
  import Foundation

  /// The machine code of this process's own functions, found through the symbol table of its 64-bit ELF file.
  struct Executable {
    private let file: Data
    /// Each symbol's bytes by name, where the linker kept the size.
    private var ranges: [String: Range<Int>] = [:]

    init() throws {
      file = try Data(contentsOf: URL(fileURLWithPath: "/proc/self/exe"), options: .alwaysMapped)
      let (table, count, size) = (read(0x28), Int(UInt16(truncatingIfNeeded: read(0x3C))), 64)
      let sections = (0..<count).map { table + $0 * size }
      // Section header: type at 4, address at 16, offset at 24, size at 32, link at 40.
      for section in sections where UInt32(truncatingIfNeeded: read(section + 4)) == 2 {
        let names = read(sections[Int(UInt32(truncatingIfNeeded: read(section + 40)))] + 24)
        addSymbols(at: read(section + 24), size: read(section + 32), names: names, sections: sections)
      }
    }

    func code(_ name: String) -> [UInt8]? { ranges[name].map { [UInt8](file[$0]) } }

    /// Eight bytes as an integer.
    private func read(_ offset: Int) -> Int {
      file.withUnsafeBytes { Int(truncatingIfNeeded: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    }

    /// Symbol: name at 0, section at 6, address at 8, size at 16.
    private mutating func addSymbols(at start: Int, size: Int, names: Int, sections: [Int]) {
      for symbol in stride(from: start, to: start + size, by: 24) {
        let section = Int(UInt16(truncatingIfNeeded: read(symbol + 6)))
        guard section > 0, section < sections.count, read(symbol + 16) > 0 else { continue }
        let offset = read(symbol + 8) - read(sections[section] + 16) + read(sections[section] + 24)
        let name = text(at: names + Int(UInt32(truncatingIfNeeded: read(symbol))))
        if name.hasPrefix("adj_") { ranges[name] = offset..<offset + read(symbol + 16) }
      }
    }

    private func text(at offset: Int) -> String {
      String(decoding: file[offset...].prefix { $0 != 0 }, as: UTF8.self)
    }
  }
#endif
