"""You moved the caller's own x and added the step again afterwards, which rounding does not always undo. Which value do you have to remember in order to put exactly that one back?"""

import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    if x.dtype != float:
        x = x.astype(float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += eps
        ahead = f(x)
        x[i] -= 2 * eps
        behind = f(x)
        x[i] += eps
        grad[i] = (ahead - behind) / (2 * eps)
    return grad
