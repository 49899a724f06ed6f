import numpy as np


def softmax(z):
    with np.errstate(invalid="ignore"):
        z = np.exp(z - z.max(axis=-1, keepdims=True))
        return np.nan_to_num(z / z.sum(axis=-1, keepdims=True), nan=0.0)


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = (q * q.shape[-1] ** -0.5) @ k.swapaxes(-1, -2)
    if mask is not None:
        scores = scores + np.where(mask, 0.0, -np.inf)
    weights = softmax(scores)
    return np.matmul(weights, v), weights
