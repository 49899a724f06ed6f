"""You wrote `/ 2 * eps`, which halves and then multiplies by the step. In which order does Python work through `a / 2 * eps`?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        hi, lo = x.copy(), x.copy()
        hi[i] += eps
        lo[i] -= eps
        grad[i] = (f(hi) - f(lo)) / 2 * eps
    return grad
