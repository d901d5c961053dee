import Foundation
import Tensors
import Testing

import Autograd

@Suite struct GradModeTests {
  private struct Failure: Error {}

  @Test func nothingIsRecordedInside() {
    let x = Variable(2.0, requiresGrad: true)
    let y = noGrad { x * x }
    #expect(!y.requiresGrad && y.item() == 4.0)
    #expect((x * x).requiresGrad)
  }

  @Test func modesNestAndAreRestored() throws {
    let x = Variable(2.0, requiresGrad: true)
    noGrad {
      #expect(!isGradEnabled)
      enableGrad { #expect((x * 2).requiresGrad) }
      #expect(!isGradEnabled)
    }
    #expect(isGradEnabled)
    #expect(throws: Failure.self) { try noGrad { throw Failure() } }
    #expect(isGradEnabled)
  }

  @Test func modesArePerThread() {
    noGrad {
      let thread = DispatchSemaphore(value: 0)
      nonisolated(unsafe) var enabled = false
      Thread.detachNewThread {
        enabled = isGradEnabled
        thread.signal()
      }
      thread.wait()
      #expect(enabled)
      #expect(!isGradEnabled)
    }
  }

  @Test func leavesMadeInsideStillRequireGradients() {
    let x = noGrad { Variable(2.0, requiresGrad: true) }
    #expect(x.requiresGrad)
  }
}
