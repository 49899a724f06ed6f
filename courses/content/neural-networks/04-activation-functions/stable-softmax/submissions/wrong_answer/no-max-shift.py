"""You raised e to the logits as they are. What is e to the power of 1000 in a 64-bit float, and what is infinity divided by infinity?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    powers = np.exp(logits)
    return powers / powers.sum(axis=axis, keepdims=True)
