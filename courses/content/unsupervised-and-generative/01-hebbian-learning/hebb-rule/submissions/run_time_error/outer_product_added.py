import numpy as np


def hebb_update(w, x, lr):
    y = x @ w
    dw = np.zeros(len(w))
    for n in range(len(x)):
        dw += np.outer(y, x[n])
    return w + lr * dw / len(x)
