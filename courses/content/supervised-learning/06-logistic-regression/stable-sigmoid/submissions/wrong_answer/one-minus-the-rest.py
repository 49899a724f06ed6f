"""You computed small probabilities as 1 minus a large one, and the subtraction lost their digits. What is 1 − σ(40), if σ(40) is 1 to sixteen digits?"""

import numpy as np


def stable_sigmoid(x):
    x = np.asarray(x, dtype=float)
    right = 1.0 / (1.0 + np.exp(-np.abs(x)))
    return np.where(x >= 0, right, 1.0 - right)
