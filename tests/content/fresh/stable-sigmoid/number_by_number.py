import math

import numpy as np


def one(value):
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-value))
    return math.exp(value) / (1.0 + math.exp(value))


def stable_sigmoid(x):
    return np.array([one(float(value)) for value in np.ravel(x)]).reshape(np.shape(x))
