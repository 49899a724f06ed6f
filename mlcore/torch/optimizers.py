"""One step of an optimizer; `state` is {} before the first. Formulas and sources: `mlcore.numpy.optimizers`."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

State = dict[str, Any]


def momentum_step(
    w: Tensor, grad: Tensor, state: Mapping[str, Any], lr: float = 1e-2, momentum: float = 0.9
) -> tuple[Tensor, State]:
    """Return the weights after a step with momentum, and the state for the next one."""
    u = momentum * state.get("u", 0.0) + grad.double()
    return w.double() - lr * u, {"u": u}


def adam_step(
    w: Tensor,
    grad: Tensor,
    state: Mapping[str, Any],
    lr: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[Tensor, State]:
    """Return the weights after a step of Adam, and the state for the next one; eps is outside of the root."""
    grad = grad.double()
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    step = lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    return w.double() - step, {"t": t, "m": m, "v": v}
