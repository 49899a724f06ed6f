"""You did not put an element back before you moved the next one, so later slopes are taken at another point. Which array do you give to f for the second element?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += eps
        ahead = f(x)
        x[i] -= 2 * eps
        grad[i] = (ahead - f(x)) / (2 * eps)
    return grad
