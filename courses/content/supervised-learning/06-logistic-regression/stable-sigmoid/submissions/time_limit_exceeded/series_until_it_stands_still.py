import numpy as np


def exp(x):
    total, term, k = 0.0, 1.0, 1
    while total != total + term or term != 0:
        total += term
        term *= x / k
        k += 0
    return total


def stable_sigmoid(x):
    return np.array([1 / (1 + exp(-abs(float(v)))) for v in np.ravel(x)]).reshape(np.shape(x))
