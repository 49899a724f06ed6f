"""You subtracted the maximum with `-=`, so the caller's logits are no longer what they were. Which array does `a -= m` write to, and which one does `a - m` make?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    logits -= logits.max(axis=axis, keepdims=True)
    powers = np.exp(logits)
    return powers / powers.sum(axis=axis, keepdims=True)
