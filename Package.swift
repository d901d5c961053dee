// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "Adjoint",
  platforms: [.macOS(.v26)],
  dependencies: [],
  targets: [
    // The library: each module knows the ones above it and nothing below.
    .target(name: "CKernels"),
    .target(name: "Kernels", dependencies: ["CKernels"]),
    .target(name: "Tensors", dependencies: ["Kernels"]),
    .target(name: "Autograd", dependencies: ["Tensors", "CKernels"]),
    .target(name: "NN", dependencies: ["Autograd", "Kernels", "CKernels"]),
    // Programs.
    // Tests.
    .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/Support"),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "CKernels", "TestSupport"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "Kernels", "TestSupport"]),
    .testTarget(name: "AutogradTests", dependencies: ["Autograd", "Kernels", "TestSupport"]),
    .testTarget(name: "NNTests", dependencies: ["NN", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
