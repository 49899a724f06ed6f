import numpy as np


def hebb_update(w, x, lr):
    y = np.dot(w, x)
    return w + lr * np.dot(y, x) / len(x)
