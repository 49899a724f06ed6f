import numpy as np


def stable_softmax(logits, axis=-1):
    return np.exp(logits - np.logaddexp.reduce(logits, axis=axis, keepdims=True))
