import Adjoint
import Foundation

/// Many carts, each with a pole hinged on top that must not fall: pushed left or right by 10 N, every 0.02 s.
///
/// Barto, Sutton, Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems", 1983,
/// doi:10.1109/TSMC.1983.6313077. A cart is lost 2.4 m from the middle or with its pole 12° off the vertical.
struct CartPole {
  private static let (gravity, force, interval) = (9.8, 10.0, 0.02)
  private static let (cartMass, poleMass, halfLength) = (1.0, 0.1, 0.5)

  /// Position, speed, angle and angular speed of each cart, [n, 4].
  private(set) var state: Tensor
  /// 1 for a cart that is still in play and 0 for one that is lost, [n].
  private(set) var isUp: Tensor

  /// Carts that stand still in the middle, but for a little noise.
  init(count: Int) {
    state = .uniform([count, 4], low: -0.05, high: 0.05)
    isUp = .ones([count])
  }

  /// Whether all are lost.
  var isOver: Bool { isUp.max().item() == 0 }

  /// Pushes each cart left (0) or right (1) and lets the time run on: actions [n]. What is lost stays as it is.
  mutating func step(_ actions: Tensor) {
    let (speed, angle, turn) = (state[0..., 1], state[0..., 2], state[0..., 3])
    let (sine, cosine) = (angle.sin(), angle.cos())
    let total = Self.cartMass + Self.poleMass
    let moment = Self.poleMass * Self.halfLength
    let push = (actions.to(.float32) * 2 - 1) * Self.force
    let pull = (push + moment * turn.square() * sine) / total
    let turning =
      (Self.gravity * sine - cosine * pull) / (Self.halfLength * (4.0 / 3 - Self.poleMass * cosine.square() / total))
    let acceleration = pull - moment * turning * cosine / total
    let change = Tensor.stack([speed, acceleration, turn, turning], axis: 1)
    state += change * isUp.unsqueezed(axis: 1) * Self.interval
    let isInside = (state[0..., 0].abs() .<= 2.4).logicalAnd(state[0..., 2].abs() .<= 12 * Double.pi / 180)
    isUp *= isInside.to(.float32)
  }
}
