import Adjoint
import ExampleSupport

extension LanguageModel {
  /// How much each character of a text looks at itself and at each before it, for every head of a block:
  /// [L] → [heads, L, L].
  func attention(in block: Int, _ characters: Tensor) -> Tensor {
    eval()
    defer { train() }
    return noGrad {
      let before = position(embedding(characters.unsqueezed(axis: 0)))
      let x = blocks.layers[..<block].reduce(before) { x, layer in layer(x, isCausal: true) }
      let y = blocks.layers[block].norm1(x)
      let (_, weights) = blocks.layers[block].selfAttn(y, y, y, averageAttnWeights: false, isCausal: true)
      return weights!.value[0]
    }
  }

  /// The attention of a block's heads, side by side: a row for each character that looks, a column for what it looks at.
  func attentionPicture(block: Int, _ characters: Tensor, _ vocabulary: CharacterVocabulary) -> PlotGrid {
    let names = vocabulary.decode(characters).unicodeScalars.map { $0 == " " ? "␣" : $0 == "\n" ? "⏎" : String($0) }
    let heads = attention(in: block, characters).unbound().enumerated().map { head, weights in
      HeatMap("head \(head + 1)", weights, rowNames: names, columnNames: names, range: 0...1, showsValues: false)
    }
    return PlotGrid(heads, columns: 2, title: "What each character looks at, block \(block + 1)")
  }
}
