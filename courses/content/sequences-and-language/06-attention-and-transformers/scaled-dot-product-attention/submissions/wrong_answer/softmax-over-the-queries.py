"""You let the queries share out each key: your weights sum to 1 along the axis of the queries. Who has one whole to give away, and among whom?"""

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    peak = scores.max(axis=-2, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(peak), peak, 0.0))
    total = powers.sum(axis=-2, keepdims=True)
    weights = powers / np.where(total > 0, total, 1.0)
    return weights @ v, weights
