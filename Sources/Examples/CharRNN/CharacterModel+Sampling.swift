import Adjoint
import ExampleSupport

extension CharacterModel {
  /// A text that the model writes: each character is drawn from what it expects after those before. A low temperature
  /// keeps to what is likely, a high one dares more. The draws are the same every time, so that only the model changes.
  func sample(_ count: Int, of text: TextData, temperature: Double) -> String {
    eval()
    defer { train() }
    let generator = Generator(seed: 1)
    var (next, state, written) = (text.beginning, State?.none, [Tensor]())
    noGrad {
      for _ in 0..<count {
        let (logits, read) = self(next.unsqueezed(axis: 0), state)
        next = logits.value[0].sampled(temperature: temperature, generator: generator)
        state = read
        written.append(next)
      }
    }
    return text.vocabulary.decode(.concatenate(written))
  }
}
