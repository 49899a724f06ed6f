import numpy as np


def stable_sigmoid(x):
    d = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + d), d / (1 + d))
