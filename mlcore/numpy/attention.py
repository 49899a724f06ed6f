"""Attention: queries look up values by how well the keys fit. Batch and heads come first, time and features last."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def scaled_dot_product_attention(
    q: ArrayLike, k: ArrayLike, v: ArrayLike, mask: ArrayLike | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mix the values by the softmax of the scaled products of queries and keys.

    weights = softmax(q·kᵀ / √d_k) over the keys that may be attended to, out = weights·v

    A query that may attend to no key gets weights and an output of 0. What all scores of a row share is taken off
    before the exponential (the largest one that is allowed), so nothing overflows.

    Parameters
    ----------
    q : array-like of shape (..., T, d_k)
    k : array-like of shape (..., S, d_k), S >= 1
    v : array-like of shape (..., S, d_v)
    mask : array-like of bool that broadcasts to (..., T, S), True where a query may attend to a key

    Returns
    -------
    out : array of shape (..., T, d_v)
    weights : array of shape (..., T, S), rows sum to 1 or, where nothing is allowed, to 0

    References
    ----------
    Vaswani et al., Attention is all you need, NeurIPS 2017, eq. 1.
    """
    q, k, v = (np.asarray(array, dtype=np.float64) for array in (q, k, v))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])  # (..., T, S)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    peak = scores.max(axis=-1, keepdims=True, initial=np.finfo(np.float64).min)  # finite even where nothing is allowed
    powers = np.exp(scores - peak)
    weights = powers / np.maximum(powers.sum(axis=-1, keepdims=True), 1.0)  # the sum is 0, or at least the peak's 1
    return weights @ v, weights
