import numpy as np


def log_sum_exp(a):
    m = a.max(-1, keepdims=True)
    m = np.where(m == -np.inf, 0, m)
    with np.errstate(divide="ignore"):
        return m + np.log(np.exp(a - m).sum(-1, keepdims=True))


def scaled_dot_product_attention(q, k, v, mask=None):
    scale = q.shape[-1] ** 0.25
    logits = (q / scale) @ (k / scale).swapaxes(-2, -1)
    if mask is not None:
        logits = logits + np.where(mask, 0.0, -np.inf)
    with np.errstate(invalid="ignore"):
        weights = np.nan_to_num(np.exp(logits - log_sum_exp(logits)))
    return weights @ v, weights
