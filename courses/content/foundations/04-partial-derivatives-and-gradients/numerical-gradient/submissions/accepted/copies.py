import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.empty_like(x)
    for idx in np.ndindex(*x.shape):
        hi = x.copy()
        lo = x.copy()
        hi[idx] = x[idx] + eps
        lo[idx] = x[idx] - eps
        grad[idx] = (f(hi) - f(lo)) / (2 * eps)
    return grad
