import math

import numpy as np


def one(v):
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    return math.exp(v) / (1.0 + math.exp(v))


def stable_sigmoid(x):
    return np.array([one(float(v)) for v in np.ravel(x)]).reshape(np.shape(x))
