"""You normalised along the last axis whatever axis was asked for. Where in your code does the argument axis appear?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    powers = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
