"""Layers that give every feature the same mean and spread, whatever the layers before them do."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def batch_norm_forward(x: ArrayLike, gamma: ArrayLike, beta: ArrayLike, eps: float = 1e-5) -> Floats:
    r"""Normalise each feature over the batch, then scale and shift it (training mode).

    x̂[n, d] = (x[n, d] − μ[d]) / √(σ²[d] + eps),   out = γ·x̂ + β

    with μ the mean over the batch and σ² = Σ_n (x[n, d] − μ[d])² / N, the biased variance.

    Parameters
    ----------
    x : array-like of shape (N, D)
    gamma, beta : array-like of shape (D,)
    eps : float > 0

    Returns
    -------
    array of shape (N, D)

    References
    ----------
    Ioffe, Szegedy, Batch normalization (2015), algorithm 1.
    """
    normalised, _ = _normalised(x, eps)
    out: Floats = np.asarray(gamma) * normalised + np.asarray(beta)
    return out


def batch_norm_backward(
    dout: ArrayLike,
    x: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,  # noqa: ARG001 -- one signature with the forward pass; no slope depends on beta
    eps: float = 1e-5,
) -> tuple[Floats, Floats, Floats]:
    r"""Return a loss's gradients with respect to x, γ and β, given `dout`, that with respect to the output.

    dβ[d] = Σ_n dout[n, d],   dγ[d] = Σ_n dout[n, d]·x̂[n, d]
    dx[n, d] = γ[d] / √(σ²[d] + eps) · (dout[n, d] − dβ[d]/N − x̂[n, d]·dγ[d]/N)

    Parameters
    ----------
    dout : array-like of shape (N, D)
    x, gamma, beta, eps : as given to `batch_norm_forward`

    Returns
    -------
    dx, dgamma, dbeta : arrays of shapes (N, D), (D,) and (D,)

    References
    ----------
    Ioffe, Szegedy, Batch normalization (2015), section 3; the three paths to x summed up.
    """
    dout = np.asarray(dout, dtype=np.float64)
    normalised, deviation = _normalised(x, eps)
    dbeta: Floats = dout.sum(axis=0)
    dgamma: Floats = (dout * normalised).sum(axis=0)
    dx: Floats = np.asarray(gamma) / deviation * (dout - (dbeta + normalised * dgamma) / len(dout))
    return dx, dgamma, dbeta


def _normalised(x: ArrayLike, eps: float) -> tuple[Floats, Floats]:
    """Return x̂ (N, D) and √(σ² + eps) (D,)."""
    x = np.asarray(x, dtype=np.float64)
    deviation: Floats = np.sqrt(x.var(axis=0) + eps)
    return (x - x.mean(axis=0)) / deviation, deviation
