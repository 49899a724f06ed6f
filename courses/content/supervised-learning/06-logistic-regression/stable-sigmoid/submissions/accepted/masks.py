import numpy as np


def stable_sigmoid(x):
    x = np.asarray(x)
    out = np.empty(x.shape, dtype=np.float64)
    pos = x >= 0
    out[pos] = 1.0 / (1.0 + np.exp(-x[pos]))
    e = np.exp(x[~pos])
    out[~pos] = e / (1.0 + e)
    return out
