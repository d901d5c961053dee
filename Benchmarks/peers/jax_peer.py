"""JAX's side of compare.py: serves the training steps and inferences, each compiled as one function."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import affinity
import jax
import jax.numpy as jnp
import numpy as np
from functional_steps import prepare
from jax import lax, nn
from networks import EPSILON, Array, Backend
from serve import main


class JAX(Backend):
    xp = jnp
    kernel = (2, 3, 1, 0)
    gradients = staticmethod(partial(jax.value_and_grad, has_aux=True))

    def array(self, values: np.ndarray) -> Array:
        return jnp.array(values)

    def compiled(self, function: Callable[..., Any], *, donating: bool = False) -> Callable[..., Any]:
        return jax.jit(function, donate_argnums=0 if donating else ())

    def wait(self, *results: Any) -> None:
        jax.block_until_ready(results[-1])

    def gelu(self, x: Array) -> Array:
        return 0.5 * x * (1 + lax.erf(x * math.sqrt(0.5)))  # nn.gelu's erfc takes longer

    def sigmoid(self, x: Array) -> Array:
        return nn.sigmoid(x)

    def cross_entropy(self, logits: Array, labels: Array) -> Array:
        chosen = nn.one_hot(labels, logits.shape[-1])
        return -(nn.log_softmax(logits) * chosen).sum(-1).mean()

    def convolution(self, x: Array, weight: Array, stride: int) -> Array:
        pad = weight.shape[0] // 2
        return lax.conv_general_dilated(x, weight, (stride, stride), ((pad, pad), (pad, pad)),
                                        dimension_numbers=("NHWC", "HWIO", "NHWC"))

    def layer_norm(self, x: Array, weight: Array, bias: Array) -> Array:
        mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        return (x - mean) * lax.rsqrt(variance + EPSILON) * weight + bias

    def causal_attention(self, q: Array, k: Array, v: Array) -> Array:
        q, k, v = (heads.swapaxes(1, 2) for heads in (q, k, v))
        scores = (q / math.sqrt(q.shape[-1])) @ k.swapaxes(2, 3)
        scores = jnp.where(jnp.tri(q.shape[2], dtype=bool), scores, -jnp.inf)
        return (nn.softmax(scores) @ v).swapaxes(1, 2)

    def last_state(self, cell: Callable[[Any, Array], Any], state: Any, sequence: Array) -> Any:
        return lax.scan(lambda state, x: (cell(state, x), None), state, sequence)[0]


if __name__ == "__main__":
    main(partial(prepare, JAX()), affinity.THREADS)
