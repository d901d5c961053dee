import Testing

import Autograd

@Suite struct CallStackTests {
  @Test(arguments: [
    ("$s8Autograd8VariableC3logACyF", false),
    ("$s7Tensors6TensorV6matmulyA2CF", false),
    ("$s2NN6LinearC7forwardy8Autograd8VariableCAGF", false),
    ("$sSTsE7forEachyyy7ElementQzKXEKFSaySiG_Tg5", false),
    ("$ss5Error_pIgzo_ytsAA_pIegrzo_TR", false),
    // Extensions of the library's types, by the library and by others.
    ("$s7Tensors14TensorProtocolP8AutogradE3fooyyF", false),
    ("$s8Autograd8VariableC4userE5layerACyF", true),
    ("$s4user5BlockC7forwardy8Autograd8VariableCAGF", true),
    ("$s4useryyXEfU1_", true),
    ("main", false), ("_ZN3foo3barEv", false), ("", false),
  ])
  func functionsAreToldApart(_ mangled: String, _ isUsers: Bool) { #expect(CallStack.isUsers(mangled) == isUsers) }

  @Test(arguments: [
    ("/a/lib/Sources/Autograd/Node.swift", "/a/lib/Sources", true),
    ("/a/lib/Sources/Examples/main.swift", "/a/lib/Sources", false),
    ("/a/mine/Sources/Training/main.swift", "/a/lib/Sources", false),
    ("/Sources/Training/main.swift", "/a/lib/Sources", false),
    ("Sources/Autograd/Node.swift", "/a/lib/Sources", true),
    ("/a/lib/Sources/Autograd/Node.swift", "Sources", true),
    ("Tests/AutogradTests/NodeTests.swift", "/a/lib/Sources", false),
    ("/a/lib/Sources/NN/Layers/Linear.swift", "lib/Sources", true),
  ])
  func filesAreToldApart(_ path: String, _ sources: String, _ isLibrary: Bool) {
    #expect(CallStack.isLibrary(path, CallStack.components(sources)) == isLibrary)
  }

  @Test func sitesAreReadable() {
    let exact = SourceSite(function: "closure #1 in ", file: "a/b.swift", line: 7)
    #expect("\(exact)" == "a/b.swift:7, in closure #1 in main")
    let inlined = SourceSite(function: "forward(_:)", file: nil, line: nil)
    #expect("\(inlined)" == "forward(_:); a debug build tells the line")
  }

  @Test func theCallOutsideOfTheLibraryIsFound() throws {
    let (line, site) = (#line, CallStackCapture()().site)
    #expect(try #require(site).line == line)
    #expect(site?.file?.hasSuffix("CallStackTests.swift") == true)
  }
}
