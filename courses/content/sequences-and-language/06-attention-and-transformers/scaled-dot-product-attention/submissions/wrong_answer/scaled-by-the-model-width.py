"""You divided by the root of the width of all heads together. How many products does one score add up: those of one head, or those of all heads?"""

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    heads = q.shape[-3] if q.ndim > 3 else 1
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(heads * q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    peak = scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(peak), peak, 0.0))
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / np.where(total > 0, total, 1.0)
    return weights @ v, weights
