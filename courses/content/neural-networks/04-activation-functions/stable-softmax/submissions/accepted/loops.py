import math

import numpy as np


def softmax_of_one(z):
    m = max(z)
    powers = [math.exp(value - m) for value in z]
    total = sum(powers)
    return [power / total for power in powers]


def stable_softmax(logits, axis=-1):
    last = np.moveaxis(logits, axis, -1)
    out = np.zeros(last.shape)
    for index in np.ndindex(last.shape[:-1]):
        out[index] = softmax_of_one(last[index])
    return np.moveaxis(out, -1, axis)
