"""You subtracted the largest logit of the whole array. What is left of a row around -1000 once 1000 has been subtracted from it?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    powers = np.exp(logits - np.max(logits))
    return powers / powers.sum(axis=axis, keepdims=True)
