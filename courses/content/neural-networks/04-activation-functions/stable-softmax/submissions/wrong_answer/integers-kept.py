"""You collected the probabilities in an array of the input's type. Which values can an array of integers hold between 0 and 1?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    out = np.zeros_like(logits)
    powers = np.exp(logits - np.max(logits, axis=axis, keepdims=True))
    out[...] = powers / powers.sum(axis=axis, keepdims=True)
    return out
