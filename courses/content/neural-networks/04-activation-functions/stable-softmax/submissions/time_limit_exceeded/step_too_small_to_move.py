import numpy as np


def stable_softmax(logits, axis=-1):
    while np.isinf(np.exp(logits)).any():
        logits = logits - 1e-14
    powers = np.exp(logits)
    return powers / powers.sum(axis=axis, keepdims=True)
