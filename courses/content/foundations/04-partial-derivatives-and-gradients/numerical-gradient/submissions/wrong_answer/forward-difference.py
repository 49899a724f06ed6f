"""You compared f one step ahead with f at x itself: a forward difference. Which of the two calls of f in the formula is made at x?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        moved = x.copy()
        moved[i] += eps
        grad[i] = (f(moved) - f(x)) / eps
    return grad
