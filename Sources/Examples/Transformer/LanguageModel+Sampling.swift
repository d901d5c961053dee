import Adjoint
import ExampleSupport

/// How a text is drawn from a model's logits.
struct Sampling {
  /// Low keeps to what is likely, high dares more.
  let temperature: Double
  /// How many of the most probable characters can be drawn.
  let topK: Int
}

extension LanguageModel {
  /// A text that the model writes, each character drawn after the `context` before it.
  func sample(_ count: Int, of text: TextData, _ sampling: Sampling) -> String {
    eval()
    defer { train() }
    let generator = Generator(seed: 1)
    var written = text.beginning
    noGrad {
      for _ in 0..<count {
        let logits = self(written[max(written.elementCount - context, 0)...].unsqueezed(axis: 0)).value[0, -1]
        let next = logits.sampled(
          temperature: sampling.temperature, topK: sampling.topK, generator: generator)
        written = .concatenate([written, next.unsqueezed(axis: 0)])
      }
    }
    return text.vocabulary.decode(written[1...])
  }
}
