// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "Adjoint",
  platforms: [.macOS(.v26)],
  products: [.library(name: "Adjoint", targets: ["Adjoint"])],
  dependencies: [],
  targets: [
    // The library: each module knows the ones above it and nothing below.
    .target(name: "CKernels"),
    .target(name: "Kernels", dependencies: ["CKernels"]),
    .systemLibrary(name: "CZlib"),
    .target(name: "Tensors", dependencies: ["Kernels", "CZlib"]),
    .target(name: "Autograd", dependencies: ["Tensors", "CKernels"]),
    .target(name: "NN", dependencies: ["Autograd", "Kernels", "CKernels"]),
    .target(name: "Training", dependencies: ["NN", "CZlib"]),
    .target(name: "Adjoint", dependencies: ["Tensors", "Autograd", "NN", "Training"]),

    // Programs.
    .target(
      name: "ExampleSupport", dependencies: ["Adjoint"], path: "Sources/Examples/Support",
      resources: [.copy("Resources")]),
    example("digits", "Digits"),
    example("linear-regression", "LinearRegression"),
    example("perceptron", "Perceptron"),
    example("multi-layer-perceptron", "MultiLayerPerceptron"),
    example("neural-network", "NeuralNetwork"),
    example("convnet", "ConvNet"),
    example("char-rnn", "CharRNN"),
    example("transformer", "Transformer"),
    example("autoencoder", "Autoencoder"),
    example("vae", "VAE"),
    example("policy-gradient", "PolicyGradient"),
    example("physics", "Physics"),
    .executableTarget(name: "bench", dependencies: ["Adjoint", "Kernels"], path: "Benchmarks/Bench"),

    // Tests.
    .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/Support"),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "CKernels", "TestSupport"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Kernels", "TestSupport"]),
    .testTarget(name: "AutogradTests", dependencies: ["Autograd", "Kernels", "TestSupport"]),
    .testTarget(name: "OperationsTests", dependencies: ["Autograd", "TestSupport"]),
    .testTarget(name: "NNTests", dependencies: ["NN", "TestSupport"]),
    .testTarget(name: "TrainingTests", dependencies: ["Training", "CZlib", "TestSupport"]),
    .testTarget(name: "AdjointTests", dependencies: ["Adjoint", "ExampleSupport", "TestSupport"]),
    .testTarget(name: "ExamplesTests", dependencies: ["Adjoint", "ExampleSupport", "TestSupport"]),
    .testTarget(name: "Benchmarks", dependencies: ["Adjoint", "Kernels"], path: "Benchmarks/Microbenchmarks"),
  ],
  swiftLanguageModes: [.v6]
)

/// A program under Sources/Examples, in a folder with a page about it.
func example(_ name: String, _ folder: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["Adjoint", "ExampleSupport"], path: "Sources/Examples/\(folder)", exclude: ["README.md"])
}
