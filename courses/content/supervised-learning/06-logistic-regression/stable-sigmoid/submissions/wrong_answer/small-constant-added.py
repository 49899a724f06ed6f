"""You added a small constant to the denominator. Which division by zero should it prevent, and by how much does it shift σ(0)?"""

import numpy as np


def stable_sigmoid(x):
    x = np.asarray(x, dtype=float)
    d = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, d) / (1.0 + d + 1e-8)
