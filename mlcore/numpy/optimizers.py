"""One step of an optimizer. What it remembers is in `state`: {} before the first step, then what the last gave."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

State = dict[str, Any]


def momentum_step(
    w: ArrayLike, grad: ArrayLike, state: Mapping[str, Any], lr: float = 1e-2, momentum: float = 0.9
) -> tuple[NDArray[np.float64], State]:
    """Heavy ball: u ← momentum·u + grad, w ← w − lr·u, with u = 0 before the first step.

    Parameters
    ----------
    w, grad : array-like of one shape
    state : mapping, {} or as returned by the last step
    lr : float, learning rate
    momentum : float in [0, 1), the share of the last step that is kept

    References
    ----------
    Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum in deep learning, ICML 2013,
    eqs. 1 and 2, there with the learning rate inside u.
    """
    u = momentum * state.get("u", 0.0) + np.asarray(grad, dtype=np.float64)
    return np.asarray(w - lr * u), {"u": u}


def adam_step(
    w: ArrayLike,
    grad: ArrayLike,
    state: Mapping[str, Any],
    lr: float = 1e-3,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[NDArray[np.float64], State]:
    """Adam: a step along the mean gradient, measured in its own root mean square, elementwise.

    m ← β₁m + (1 − β₁)·grad, v ← β₂v + (1 − β₂)·grad², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ),
    w ← w − lr · m̂ / (√v̂ + eps); m = v = 0 before the first step, which is t = 1. The corrected means are not stored.

    Parameters
    ----------
    w, grad : array-like of one shape
    state : mapping, {} or as returned by the last step
    lr, eps : float > 0
    beta1, beta2 : float in [0, 1)

    Returns
    -------
    w, state : the new weights, and what the next step needs: t, m, v

    References
    ----------
    Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1.
    """
    grad = np.asarray(grad, dtype=np.float64)
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    step = lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return np.asarray(w - step), {"t": t, "m": m, "v": v}
