"""You hid keys after the shares had been made, so what is left of a row does not sum to 1. At which step does a key have to drop out so that the others share its part?"""

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    peak = scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores - np.where(np.isfinite(peak), peak, 0.0))
    total = powers.sum(axis=-1, keepdims=True)
    weights = powers / np.where(total > 0, total, 1.0)
    if mask is not None:
        weights = weights * mask
    return weights @ v, weights
