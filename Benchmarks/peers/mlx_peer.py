"""MLX's side of compare.py, on the CPU: serves the training steps and inferences, each compiled as one function."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import affinity
import mlx.core as mx
import numpy as np
from functional_steps import prepare
from mlx import nn
from networks import EPSILON, Array, Backend
from serve import main


class MLX(Backend):
    xp = mx
    kernel = (0, 2, 3, 1)
    gradients = staticmethod(mx.value_and_grad)

    def array(self, values: np.ndarray) -> Array:
        return mx.array(np.ascontiguousarray(values))

    def compiled(self, function: Callable[..., Any], *, donating: bool = False) -> Callable[..., Any]:
        return mx.compile(function)  # an array that nobody else holds is written over in any case

    def wait(self, *results: Any) -> None:
        mx.eval(*results)

    def gelu(self, x: Array) -> Array:
        return nn.gelu(x)

    def sigmoid(self, x: Array) -> Array:
        return mx.sigmoid(x)

    def cross_entropy(self, logits: Array, labels: Array) -> Array:
        return nn.losses.cross_entropy(logits, labels, reduction="mean")

    def convolution(self, x: Array, weight: Array, stride: int) -> Array:
        return mx.conv2d(x, weight, stride, weight.shape[1] // 2)

    def layer_norm(self, x: Array, weight: Array, bias: Array) -> Array:
        return mx.fast.layer_norm(x, weight, bias, EPSILON)

    def causal_attention(self, q: Array, k: Array, v: Array) -> Array:
        q, k, v = (heads.swapaxes(1, 2) for heads in (q, k, v))
        scale = 1 / math.sqrt(q.shape[-1])
        return mx.fast.scaled_dot_product_attention(q, k, v, scale=scale, mask="causal").swapaxes(1, 2)

    def last_state(self, cell: Callable[[Any, Array], Any], state: Any, sequence: Array) -> Any:
        for x in sequence:
            state = cell(state, x)
        return state


if __name__ == "__main__":
    mx.set_default_device(mx.cpu)
    main(partial(prepare, MLX()), affinity.THREADS)
