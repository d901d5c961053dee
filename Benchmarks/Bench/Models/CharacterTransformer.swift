import Adjoint

/// Blocks of causal attention over 65 characters, norms first: [N, L] → [N, L, 65], L at most `context`.
final class CharacterTransformer: Module {
  /// Causal attention of 4 heads, and a GELU network of four times the width.
  final class Block: Module {
    let norm1, norm2: LayerNorm
    let qkv, projection, up, down: Linear

    init(_ width: Int) {
      (norm1, norm2) = (LayerNorm(width), LayerNorm(width))
      (qkv, projection) = (Linear(width, 3 * width), Linear(width, width))
      (up, down) = (Linear(width, 4 * width), Linear(4 * width, width))
    }

    override func forward(_ x: Variable) -> Variable {
      let y = x + projection(attention(norm1(x)))
      return y + down(up(norm2(y)).gelu())
    }

    private func attention(_ x: Variable) -> Variable {
      let (n, length, width) = (x.shape[0], x.shape[1], x.shape[2])
      let heads = qkv(x).reshaped([n, length, 3, 4, width / 4]).permuted([2, 0, 3, 1, 4]).unbound()
      return scaledDotProductAttention(heads[0], heads[1], heads[2], isCausal: true)
        .transposed(1, 2).reshaped([n, length, width])
    }
  }

  let token, position: Embedding
  let blocks: Sequential
  let norm: LayerNorm
  let head: Linear

  init(width: Int = 128, context: Int = 128) {
    (token, position) = (Embedding(65, width), Embedding(context, width))
    blocks = Sequential((0..<4).map { _ in Block(width) })
    (norm, head) = (LayerNorm(width), Linear(width, 65))
  }

  override func forward(_ tokens: Variable) -> Variable {
    head(norm(blocks(token(tokens) + position.weight[..<tokens.shape[1]])))
  }

  /// Of a forward and backward pass of one text of a length; a character looks at half of all others on average.
  static func flops(width: Int, length: Int) -> Double {
    let block = 12 * width * width + (length + 1) * width
    return Double(2 * 3 * length * (4 * block + 65 * width))
  }
}
