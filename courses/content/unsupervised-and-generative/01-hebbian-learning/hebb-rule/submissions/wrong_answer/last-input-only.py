"""You overwrote the change of each input by the next one's, so only the last is left. What is the difference between `=` and `+=` inside the loop over the batch?"""

import numpy as np


def hebb_update(w, x, lr):
    change = np.zeros(len(w))
    for row in x:
        change = (row @ w) * row / len(x)
    return w + lr * change
