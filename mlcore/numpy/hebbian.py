"""Learning without a teacher: connections between what is active together."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def hebb_update(w: ArrayLike, x: ArrayLike, lr: float) -> NDArray[np.float64]:
    r"""Strengthen each weight by how much its input and the neuron's output are active together.

    y_n = x_n · w
    w ← w + lr · (1/N) Σ_n y_n x_n

    All outputs are computed with the old weights. With C = (1/N) Xᵀ X the step is lr · C w: the gradient
    of ½ wᵀ C w, half the mean squared output, uphill. Nothing holds the length of w back.

    Parameters
    ----------
    w : array-like of shape (D,)
    x : array-like of shape (N, D), a batch of inputs
    lr : learning rate

    Returns
    -------
    array of shape (D,), new; w is left as it is

    References
    ----------
    Hebb, The Organization of Behavior (1949), chapter 4; Hertz, Krogh, Palmer,
    Introduction to the Theory of Neural Computation (1991), section 8.2.
    """
    w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
    y = x @ w  # (N,)
    return np.asarray(w + lr * (y @ x) / len(x))
