import Testing

import Tensors

/// The numbers of one seed, which must not change from release to release, nor from platform to platform. Another Philox and
/// 50 digits (mpmath) give the same but for the last place or two, where a distribution has an inverse.
@Suite struct PinnedNumbersTests {
  private typealias Draw = (Generator) -> Tensor

  private func check(_ name: String, _ draw: Draw, _ expected: [Double]) {
    let actual = draw(Generator(seed: 2026)).scalars(as: Double.self)
    #expect(actual == expected, "\(name)")
  }
  private let shape: Shape = [4]

  @Test func continuous() {
    check(
      "rand", { .rand(shape, dtype: .float64, generator: $0) },
      [0.5223349545689017, 0.2965354427467968, 0.34886249410646974, 0.8183378662070692])
    check(
      "uniform", { .uniform(shape, low: -1, high: 3, dtype: .float64, generator: $0) },
      [1.0893398182756067, 0.1861417709871871, 0.395449976425879, 2.2733514648282767])
    check(
      "randn", { .randn(shape, dtype: .float64, generator: $0) },
      [0.05601470725413696, -0.5343912297736244, -0.3883933181853663, 0.909048988362511])
    check(
      "truncatedNormal", { .truncatedNormal(shape, dtype: .float64, generator: $0) },
      [0.053463535520833896, -0.5078104684322357, -0.3698710391076724, 0.8554660682897177])
    check(
      "truncatedNormal",
      { .truncatedNormal(shape, mean: 1, std: 0.5, low: 0.5, high: 4, dtype: .float64, generator: $0) },
      [1.0761644446865246, 1.3380500643637099, 1.2715744733404681, 0.7541924531292862])
    check(
      "exponential", { .exponential(shape, rate: 2, dtype: .float64, generator: $0) },
      [1.0675788147606553, 0.34598355969769684, 0.3712698564035311, 0.14289901886201534])
    check(
      "laplace", { .laplace(shape, location: 1, scale: 2, dtype: .float64, generator: $0) },
      [-1.8840208979227313, 1.0023629107085896, 0.9012149355057663, 2.3976413527045275])
    check(
      "cauchy", { .cauchy(shape, dtype: .float64, generator: $0) },
      [-2.5674261685037973, 0.0018547320015601537, -0.07584562984655105, 1.0089263949847787])
    check(
      "logNormal", { .logNormal(shape, dtype: .float64, generator: $0) },
      [0.25466565285851667, 2.7263391040565232, 2.40879259619377, 10.568675721831898])
  }

  @Test func rejection() {
    check(
      "gamma", { .gamma(shape, concentration: 2.5, dtype: .float64, generator: $0) },
      [0.8494652073979978, 2.168845692966658, 2.0789175317015673, 3.327581379051541])
    check(
      "gamma", { .gamma(shape, concentration: 0.25, dtype: .float64, generator: $0) },
      [0.021859705021289488, 0.0051682066122534336, 0.0038345055485166438, 0.0014812958439214987])
    check(
      "beta", { .beta(shape, a: 2, b: 0.5, dtype: .float64, generator: $0) },
      [0.9898074629576072, 0.9043637390651805, 0.7542099799426896, 0.9628182466345743])
    check(
      "dirichlet", { .dirichlet(concentration: Tensor.ones(shape, dtype: .float64), generator: $0) },
      [0.24298079350750473, 0.18898751201386255, 0.17502353155227196, 0.39300816292636076])
  }

  @Test func counts() {
    check("randint", { .randint(shape, high: 100, generator: $0) }, [52, 29, 34, 81])
    check("bernoulli", { .bernoulli(shape, probability: 0.3, generator: $0) }, [0, 1, 0, 0])
    check("geometric", { .geometric(shape, probability: 0.1, generator: $0) }, [21, 7, 8, 3])
    check("poisson", { .poisson([8], rate: 3, generator: $0) }, [4, 4, 3, 5, 3, 1, 1, 3])
    check("poisson", { .poisson([8], rate: 1e3, generator: $0) }, [1008, 1000, 998, 966, 960, 977, 936, 974])
    check("binomial", { .binomial([8], count: 20, probability: 0.2, generator: $0) }, [4, 6, 4, 5, 4, 2, 2, 4])
    check(
      "binomial", { .binomial([8], count: 1000, probability: 0.4, generator: $0) },
      [404, 400, 399, 383, 380, 389, 369, 387])
  }

  @Test func indices() {
    let weights = Tensor([1.0, 2, 3, 4, 5])
    check("randperm", { .randperm(8, generator: $0) }, [2, 0, 1, 4, 3, 5, 6, 7])
    check(
      "multinomial", { .multinomial(weights, count: 8, replacement: true, generator: $0) }, [3, 2, 2, 4, 4, 4, 4, 4])
    check("multinomial", { .multinomial(weights, count: 4, generator: $0) }, [3, 4, 2, 1])
    check("categorical", { .categorical(logits: weights.expanded([6, 5]), generator: $0) }, [4, 3, 3, 4, 4, 4])
    check("dropoutMask", { .dropoutMask([8], generator: $0) }, [2, 0, 0, 2, 2, 2, 2, 2])
  }
}
