"""You multiplied q by k without turning k round. Which two vectors should meet in row i, column j of the scores?"""

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = q @ k / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    peak = scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(peak), peak, 0.0))
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / np.where(total > 0, total, 1.0)
    return weights @ v, weights
