/// An index of an equation: a letter, or an axis that an ellipsis stands for, counted from the last.
enum EinsumIndex: Hashable {
  case letter(Character)
  case ellipsis(Int)
}

extension EinsumIndex: CustomStringConvertible {
  var description: String {
    switch self {
    case .letter(let letter): "\(letter)"
    case .ellipsis(let back): "axis \(-back) of ..."
    }
  }
}

/// An equation such as `bij,jk->bik` for operands of known shapes: the indices of every operand's axes and of the result's,
/// and the size of each.
struct EinsumEquation {
  private(set) var operands: [[EinsumIndex]] = []
  private(set) var result: [EinsumIndex] = []
  private(set) var sizes: [EinsumIndex: Int] = [:]
  private let text: String

  /// What does not fit stops the program with a message that names the equation, the operand and the index.
  init(_ text: String, _ shapes: [Shape]) {
    self.text = text
    let sides = text.filter { $0 != " " }.components(separatedBy: "->")
    check(sides.count <= 2, "more than one ->")
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    check(
      terms.count == shapes.count,
      "\(terms.count) operands in the equation, \(shapes.count) tensors; expected as many")
    for (i, term) in terms.enumerated() { read(term, i, shapes) }
    result = sides.count == 2 ? explicitResult(sides[1]) : implicitResult()
  }

  private func check(_ condition: Bool, _ message: @autoclosure () -> String) {
    require(condition, "einsum", "equation \"\(text)\": \(message())")
  }

  private mutating func read(_ term: String, _ i: Int, _ shapes: [Shape]) {
    let (shape, count) = (shapes[i], letters(of: term, "operand \(i)").count)
    let spans = term.contains("...") ? shape.rank - count : 0
    check(
      spans >= 0 && count + spans == shape.rank,
      "operand \(i), \(shape), has \(shape.rank) axes; expected \(count)\(term.contains("...") ? " or more" : "")")
    let indices = indices(of: term, spans)
    for (axis, index) in indices.enumerated() {
      join(index, shape, axis, i, before: indices[..<axis].firstIndex(of: index))
    }
    operands.append(indices)
  }

  /// Sizes of one index are equal in an operand that names it several times, here at an axis before this one too; in
  /// different operands they may also be 1.
  private mutating func join(_ index: EinsumIndex, _ shape: Shape, _ axis: Int, _ i: Int, before: Int?) {
    let (size, known) = (shape[axis], before.map { shape[$0] } ?? sizes[index] ?? 1)
    check(
      size == known || (before == nil && (size == 1 || known == 1)),
      "operand \(i), \(shape), has size \(size) at index \(index); expected \(known), the size elsewhere")
    if before == nil && (sizes[index] ?? 1) == 1 { sizes[index] = size }
  }

  private func letters(of term: String, _ place: String) -> [Character] {
    let letters = term.replacing("...", with: "", maxReplacements: 1)
    for letter in letters {
      check(
        letter.isASCII && letter.isLetter,
        "\"\(letter)\" in \(place); expected letters a-z and A-Z, and one ... at most")
    }
    return Array(letters)
  }

  private func indices(of term: String, _ spans: Int) -> [EinsumIndex] {
    let parts = term.components(separatedBy: "...").map { $0.map(EinsumIndex.letter) }
    return parts.count == 1 ? parts[0] : parts[0] + (0..<spans).map { .ellipsis(spans - $0) } + parts[1]
  }

  private var ellipsisAxes: Int {
    operands.joined().reduce(0) { if case .ellipsis(let back) = $1 { Swift.max($0, back) } else { $0 } }
  }

  private func explicitResult(_ term: String) -> [EinsumIndex] {
    let letters = letters(of: term, "the result")
    for letter in letters {
      check(sizes[.letter(letter)] != nil, "index \(letter) of the result occurs in no operand")
      check(letters.filter { $0 == letter }.count == 1, "index \(letter) occurs twice in the result")
    }
    return indices(of: term, ellipsisAxes)
  }

  /// The ellipsis, then the letters that occur once, in the order of their codes.
  private func implicitResult() -> [EinsumIndex] {
    let letters = operands.joined().compactMap {
      if case .letter(let letter) = $0 { letter } else { nil as Character? }
    }
    let single = letters.filter { letter in letters.filter { $0 == letter }.count == 1 }.sorted()
    return indices(of: "...", ellipsisAxes) + single.map { .letter($0) }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
