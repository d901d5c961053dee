import TestSupport
import Testing

import Tensors

@Suite struct EinsumTests {
  /// Every index of equation, result and operands written out in loops.
  private func naive(_ indices: [String], _ result: String, _ operands: [NaiveArray]) -> NaiveArray {
    var sizes: [Character: Int] = [:]
    for (term, operand) in zip(indices, operands) { for (i, c) in term.enumerated() { sizes[c] = operand.sizes[i] } }
    let summed = sizes.keys.filter { !result.contains($0) }.sorted()
    return NaiveArray(result.map { sizes[$0]! }) { place in
      positions(summed.map { sizes[$0]! }).reduce(0.0) { sum, inner in
        let at = Dictionary(uniqueKeysWithValues: zip(Array(result) + summed, place + inner))
        return sum + zip(indices, operands).reduce(1.0) { $0 * $1.1[$1.0.map { at[$0]! }] }
      }
    }
  }

  private static let equations = [
    "ij,jk->ik", "ij,jk,kl->il", "ij,jk,kl,li->", "ia,ib,ic->abc", "ab,cd,ef->face", "aab,bc,cd->ad", "abc,abd,ae->cde",
    "ab,ab,ab->ab", "i,ij,j->", "abcd,dcba->", "ab,ca,bc->abc",
  ]

  /// Small integers, so that sums in any order are exact.
  @Test(arguments: equations) func agreesWithLoops(equation: String) {
    let sides = equation.split(separator: "-")
    let (terms, result) = (sides[0].split(separator: ",").map(String.init), String(sides[1].dropFirst()))
    let sizes: [Character: Int] = ["a": 2, "b": 3, "c": 2, "d": 4, "e": 3, "f": 2, "i": 3, "j": 2, "k": 4, "l": 2]
    let operands = terms.enumerated().map { i, term in
      counting(Shape(term.map { sizes[$0]! })).remainder(5) - Tensor(Float(i + 1))
    }
    let value = Tensor.einsum(equation, operands)
    #expect(NaiveArray(value) == naive(terms, result, operands.map { NaiveArray($0) }))
    let whole = Tensor.einsum(equation, operands.map { $0.to(.int64) })
    #expect(whole == value.to(.int64))
  }

  /// An operand that names an index several times takes its own diagonal; what is left of it may be repeated.
  @Test func aDiagonalOfOneElementIsRepeated() {
    #expect(Tensor.einsum("i,ii", Tensor([1.0, 2, 3]), Tensor([[2.0]])) == Tensor(12.0))
  }

  @Test func wrongEquationsStop() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("ij,jk->ik", Tensor.zeros([2, 3]))
    }
    expectMessage(count, "einsum", "\"ij,jk->ik\"", "2 operands", "1 tensors")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("ij,jk->ik", Tensor.zeros([2, 3]), Tensor.zeros([4, 5]))
    }
    expectMessage(size, "einsum", "operand 1", "[4, 5]", "size 4 at index j", "expected 3")
    let diagonal = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("ii->i", Tensor.zeros([1, 3]))
    }
    expectMessage(diagonal, "einsum", "operand 0", "index i", "size 3")
    let axes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("ijk", Tensor.zeros([2, 3]))
    }
    expectMessage(axes, "einsum", "operand 0", "[2, 3]", "2 axes", "expected 3")
    let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("ij->iz", Tensor.zeros([2, 3]))
    }
    expectMessage(unknown, "einsum", "index z of the result occurs in no operand")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("ij->ii", Tensor.zeros([2, 3]))
    }
    expectMessage(twice, "einsum", "index i occurs twice in the result")
    let letter = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("i1->i", Tensor.zeros([2, 3]))
    }
    expectMessage(letter, "einsum", "\"1\" in operand 0", "letters")
    let dtypes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.einsum("i,i", Tensor.zeros([2]), Tensor.zeros([2], dtype: .float64))
    }
    expectMessage(dtypes, "einsum", "operand 1 is float64", "operand 0 float32")
  }
}

extension Tensor {
  fileprivate func remainder(_ n: Int) -> Tensor {
    Tensor(scalars(as: Int.self).map { $0 % n }, shape: shape, dtype: .float32)
  }
}
