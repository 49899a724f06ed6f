"""Layers of a network, forward and backward. Batch first; weights are (in, out)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def affine_forward(x: ArrayLike, w: ArrayLike, b: ArrayLike) -> Array:
    """x·w + b, with everything of a sample laid out in one row of length D.

    Parameters
    ----------
    x : array-like of shape (N, ...), of D numbers in each sample
    w : array-like of shape (D, M)
    b : array-like of shape (M,)

    Returns
    -------
    array of shape (N, M)
    """
    return _flat(x) @ np.asarray(w, dtype=np.float64) + np.asarray(b, dtype=np.float64)


def affine_backward(
    dout: ArrayLike,
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike,  # noqa: ARG001 -- no gradient depends on it, but callers give what they gave to the forward pass
) -> tuple[Array, Array, Array]:
    """Gradients of a scalar L through out = x·w + b, from dout = ∂L/∂out.

    dx = dout·wᵀ, dw = xᵀ·dout, db[m] = Σ_n dout[n, m]

    Nothing is averaged here: where L is a mean over the samples, dout holds the 1/N already.

    Parameters
    ----------
    dout : array-like of shape (N, M)
    x, w, b : as given to `affine_forward`

    Returns
    -------
    dx, dw, db : arrays of the shapes of x, w and b

    References
    ----------
    Goodfellow, Bengio, Courville, Deep Learning (2016), section 6.5.6.
    """
    dout = np.asarray(dout, dtype=np.float64)
    dx = dout @ np.asarray(w, dtype=np.float64).T
    return dx.reshape(np.shape(x)), _flat(x).T @ dout, dout.sum(axis=0)


def _flat(x: ArrayLike) -> Array:
    x = np.asarray(x, dtype=np.float64)
    return x.reshape(len(x), -1)  # (N, D)
