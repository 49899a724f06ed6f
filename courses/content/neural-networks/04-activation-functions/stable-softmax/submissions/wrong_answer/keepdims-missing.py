"""You reduced the axis away before subtracting and dividing, so NumPy lines up the wrong numbers. Which shape does the maximum of a (3, 4) table along axis 1 have, and which one would line up with its rows?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    powers = np.exp(logits - np.max(logits, axis=axis))
    return powers / powers.sum(axis=axis)
