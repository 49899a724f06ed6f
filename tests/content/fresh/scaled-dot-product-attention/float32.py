# Needs the tolerance of float32.
import numpy as np


def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = (a.astype(np.float32) for a in (q, k, v))
    z = q @ np.moveaxis(k, -1, -2) / np.float32(np.sqrt(q.shape[-1]))
    if mask is None:
        mask = np.True_
    z = np.where(mask, z, np.float32(-1e30))
    e = np.exp(z - z.max(axis=-1, keepdims=True)) * mask
    weights = e / np.maximum(e.sum(axis=-1, keepdims=True), np.float32(1e-30))
    return weights @ v, weights
