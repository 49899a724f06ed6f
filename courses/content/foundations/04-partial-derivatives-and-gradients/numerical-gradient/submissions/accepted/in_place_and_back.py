import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    if x.dtype != np.float64:
        x = x.astype(np.float64)
    grad = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        kept = x[i].copy()
        x[i] = kept + eps
        grad[i] = f(x)
        x[i] = kept - eps
        grad[i] -= f(x)
        x[i] = kept
    return grad / eps / 2
