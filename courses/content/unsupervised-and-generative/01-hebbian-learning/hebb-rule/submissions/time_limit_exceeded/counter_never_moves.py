import numpy as np


def hebb_update(w, x, lr):
    change = np.zeros(len(w))
    n = 0
    while n < len(x):
        change += (x[n] @ w) * x[n]
    return w + lr * change / len(x)
