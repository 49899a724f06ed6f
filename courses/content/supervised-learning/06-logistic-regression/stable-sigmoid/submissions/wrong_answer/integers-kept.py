"""You collected the probabilities in an array of the input's type. Which values can an array of integers hold between 0 and 1?"""

import numpy as np


def stable_sigmoid(x):
    out = np.zeros_like(x)
    d = np.exp(-np.abs(x))
    out[...] = np.where(x >= 0, 1.0, d) / (1.0 + d)
    return out
