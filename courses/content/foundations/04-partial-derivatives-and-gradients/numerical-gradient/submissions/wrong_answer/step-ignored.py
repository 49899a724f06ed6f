"""You always took the same small step and not the one that was asked for. Where does the argument eps occur in your code?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    eps = 1e-5
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        hi, lo = x.copy(), x.copy()
        hi[i] += eps
        lo[i] -= eps
        grad[i] = (f(hi) - f(lo)) / (2 * eps)
    return grad
