"""You changed the weights that you were given: np.asarray makes no copy of an array of floats. Who else may still hold that array?"""

import numpy as np


def hebb_update(w, x, lr):
    w = np.asarray(w, dtype=float)
    y = x @ w
    w += lr * (y @ x) / len(x)
    return w
