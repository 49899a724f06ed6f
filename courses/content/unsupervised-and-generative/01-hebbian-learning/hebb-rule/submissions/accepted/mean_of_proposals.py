import numpy as np


def hebb_update(w, x, lr):
    y = (x * w).sum(axis=1, keepdims=True)
    return w + np.mean(lr * y * x, axis=0)
