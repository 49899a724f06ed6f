import numpy as np


def stable_softmax(logits, axis=-1):
    m = np.amax(logits, axis=axis, keepdims=True)
    log_sum = m + np.log(np.exp(logits - m).sum(axis=axis, keepdims=True))
    return np.exp(logits - log_sum)
