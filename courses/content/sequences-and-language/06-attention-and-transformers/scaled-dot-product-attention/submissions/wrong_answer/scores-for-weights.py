"""You returned the scaled scores as weights, and mixed the values by them. Do the shares of a query have to be positive and sum to 1?"""

import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, 0.0)
    weights = scores
    return weights @ v, weights
