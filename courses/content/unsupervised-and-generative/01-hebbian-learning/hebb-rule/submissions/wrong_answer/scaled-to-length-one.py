"""You scaled the new weights to length 1. Is there a division by the length anywhere in the formula?"""

import numpy as np


def hebb_update(w, x, lr):
    y = x @ w
    w = w + lr * (y @ x) / len(x)
    return w / np.linalg.norm(w)
