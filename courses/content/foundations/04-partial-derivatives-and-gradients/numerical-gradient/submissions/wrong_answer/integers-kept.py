"""You moved the elements of an array of integers, which cuts the step off. What does such an array hold after you store 3.00001 in it?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        hi, lo = x.copy(), x.copy()
        hi[i] = x[i] + eps
        lo[i] = x[i] - eps
        grad[i] = (f(hi) - f(lo)) / (2 * eps)
    return grad
