"""You wrote the new weights into an array with the dtype of the old ones, so whole weights stay whole. Which dtype can hold 2.4?"""

import numpy as np


def hebb_update(w, x, lr):
    y = x @ w
    new = np.zeros_like(w)
    new[:] = w + lr * (y @ x) / len(x)
    return new
