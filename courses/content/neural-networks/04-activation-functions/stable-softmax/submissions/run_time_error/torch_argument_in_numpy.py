import numpy as np


def stable_softmax(logits, axis=-1):
    powers = np.exp(logits - logits.max(dim=axis, keepdim=True))
    return powers / powers.sum(dim=axis, keepdim=True)
