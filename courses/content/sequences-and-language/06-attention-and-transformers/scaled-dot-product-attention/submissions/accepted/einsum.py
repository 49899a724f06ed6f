import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    d_k = q.shape[-1]
    scores = np.einsum("...td,...sd->...ts", q, k) * d_k**-0.5
    allowed = np.broadcast_to(True if mask is None else mask, scores.shape)
    scores = scores - np.max(scores, axis=-1, keepdims=True, where=allowed, initial=-1e300)
    e = np.where(allowed, np.exp(np.minimum(scores, 0)), 0)
    Z = e.sum(axis=-1, keepdims=True)
    weights = np.divide(e, Z, out=np.zeros_like(e), where=Z != 0)
    return np.einsum("...ts,...sv->...tv", weights, v), weights
