import NN
import Tensors
import TestSupport

/// An angle's rounding, up to ulps of 40 radians beside sines of 1, and a sum's.
private let sinusoid = Tolerance.ulps(2, of: .largest)
/// The same, and two products and their sum.
private let rotation = Tolerance.ulps(2, of: .largest)

let positionalEncodings: [CatalogEntry] = [
  .layer(
    "SinusoidalPositionalEncoding", torch: "none", "SinusoidalPositionalEncoding(dModel:base:batchFirst:)", sinusoid
  ) { a, _ in
    let layer = SinusoidalPositionalEncoding(dModel: a["d_model"], base: a["base"], batchFirst: a["batch_first"])
    let offset: Int = a["offset"]
    return Subject(layer) { offset == 0 ? layer($0[0]) : layer($0[0], offset: offset) }
  },
  .layer(
    "LearnedPositionalEncoding", torch: "none", "LearnedPositionalEncoding(maxLength:dModel:batchFirst:)", .ulps(0.5)
  ) { a, dtype in
    let layer = LearnedPositionalEncoding(
      maxLength: a["max_length"], dModel: a["d_model"], batchFirst: a["batch_first"], dtype: dtype)
    let offset: Int = a["offset"]
    return Subject(layer) { offset == 0 ? layer($0[0]) : layer($0[0], offset: offset) }
  },
  .layer("RotaryEmbedding", torch: "none", "RotaryEmbedding(dim:base:pairing:)", rotation) { a, _ in
    let (name, offset): (String, Int) = (a["pairing"], a["offset"])
    let layer = RotaryEmbedding(dim: a["dim"], base: a["base"], pairing: name == "halves" ? .halves : .interleaved)
    return Subject(layer) { x in
      let (query, key) = layer(x[0], x[1], offset: offset)
      return [query, key]
    }
  },
]
