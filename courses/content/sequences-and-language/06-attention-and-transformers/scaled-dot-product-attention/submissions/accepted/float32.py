import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = (a.astype(np.float32) for a in (q, k, v))
    scores = q @ np.swapaxes(k, -1, -2) / np.float32(np.sqrt(q.shape[-1]))
    if mask is not None:
        scores = np.where(mask, scores, np.float32(-np.inf))
    top = np.maximum(scores.max(-1, keepdims=True), np.finfo(np.float32).min)
    e = np.exp(scores - top)
    weights = e / np.maximum(e.sum(-1, keepdims=True), np.float32(1e-30))
    return weights @ v, weights
