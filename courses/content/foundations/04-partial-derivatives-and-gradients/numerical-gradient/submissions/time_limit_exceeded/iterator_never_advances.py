import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    x = x.astype(float)
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        hi, lo = x.copy(), x.copy()
        hi[it.multi_index] += eps
        lo[it.multi_index] -= eps
        grad[it.multi_index] = (f(hi) - f(lo)) / (2 * eps)
    return grad
