"""You moved x[i] for each i, which is a whole row where x is a table. How many slopes does a table of shape (N, M) have?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    if x.ndim == 0:
        return numerical_gradient(lambda v: f(v.reshape(())), x.reshape(1), eps).reshape(())
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in range(len(x)):
        hi, lo = x.copy(), x.copy()
        hi[i] += eps
        lo[i] -= eps
        grad[i] = (f(hi) - f(lo)) / (2 * eps)
    return grad
