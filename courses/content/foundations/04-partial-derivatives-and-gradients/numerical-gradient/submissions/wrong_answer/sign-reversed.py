"""You subtracted the value ahead from the value behind, so uphill comes out as downhill. What sign should the slope of f(x) = x have?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        hi, lo = x.copy(), x.copy()
        hi[i] += eps
        lo[i] -= eps
        grad[i] = (f(lo) - f(hi)) / (2 * eps)
    return grad
