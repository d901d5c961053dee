import Tensors
import Testing

import Autograd

@Suite struct ProfileTableTests {
  private func event(
    _ name: String, _ phase: Phase, _ start: Double, _ duration: Double, _ bytes: Int = 0, depth: Int = 0
  ) -> Profile.Event {
    Profile.Event(
      operation: name, phase: phase, start: start, duration: duration, bytes: bytes, inputs: [[2]], outputs: [[2]],
      depth: depth)
  }

  @Test func rowsAreAlignedAndAddUp() {
    let profile = Profile(
      events: [
        event("linear", .forward, 0, 40e-6, 4000), event("tanh", .forward, 50e-6, 10e-6, 800),
        event("linear", .forward, 70e-6, 20e-6, 96), event("linear", .backward, 100e-6, 1.5e-3, 2_000_000),
        event("matmul", .forward, 200e-6, 1e-3, 77, depth: 1),
      ], duration: 2e-3)
    #expect(
      profile.table == """
        operation           calls  forward  calls  backward    total    share   memory
        linear                  2  60.0 µs      1   1.50 ms  1.56 ms   78.0 %  2.00 MB
        tanh                    1  10.0 µs                   10.0 µs    0.5 %    800 B
        outside operations                                    430 µs   21.5 %
        total                   3  70.0 µs      1   1.50 ms  2.00 ms  100.0 %  2.00 MB
        """)
    #expect("\(profile)" == profile.table)
  }

  @Test(arguments: [
    (0, "0.00 µs"), (1.234e-8, "0.01 µs"), (9.994e-6, "9.99 µs"), (9.996e-6, "10.0 µs"), (123.4e-6, "123 µs"),
    (999.4e-6, "999 µs"), (999.6e-6, "1.00 ms"), (0.0321, "32.1 ms"), (12.34, "12.3 s"), (1234, "1234 s"),
  ])
  func seconds(_ value: Double, _ text: String) { #expect(Profile.text(seconds: value) == text) }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (12_345, "12.3 kB"), (999_499, "999 kB"), (999_500, "1.00 MB"),
    (3_210_000_000, "3.21 GB"), (5_000_000_000_000, "5.00 TB"),
  ])
  func bytes(_ value: Int, _ text: String) { #expect(Profile.text(bytes: value) == text) }
}
