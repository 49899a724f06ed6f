import numpy as np


def stable_sigmoid(x):
    x = np.asarray(x)
    out = np.empty(x.shape, dtype=np.float64)
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive].astype(float)))
    power = np.exp(x[~positive].astype(float))
    out[~positive] = power / (1 + power)
    return out
