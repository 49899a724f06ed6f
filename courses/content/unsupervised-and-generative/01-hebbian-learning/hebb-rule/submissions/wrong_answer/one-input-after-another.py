"""You changed the weights after each input, so the later inputs were answered by other weights than the first. Which weights give all the answers of a batch?"""

import numpy as np


def hebb_update(w, x, lr):
    w = np.array(w, dtype=float)
    for row in x:
        y = row @ w
        w += lr * y * row / len(x)
    return w
