"""You stored the result in x itself, so the caller's numbers are gone. Does `out = x` make a second array?"""

import numpy as np


def stable_sigmoid(x):
    if x.dtype != float:
        x = x.astype(float)
    out = x
    d = np.exp(-np.abs(x))
    out[...] = np.where(x >= 0, 1.0, d) / (1.0 + d)
    return out
