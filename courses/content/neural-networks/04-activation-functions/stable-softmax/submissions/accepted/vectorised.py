import numpy as np


def stable_softmax(logits, axis=-1):
    e_x = np.exp(logits - np.max(logits, axis=axis, keepdims=True))
    return e_x / np.sum(e_x, axis=axis, keepdims=True)
