"""You clipped the logits to a safe range. What do 1000 and 998 have in common after clipping at 500, and should they?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    powers = np.exp(np.clip(logits, -500, 500))
    return powers / powers.sum(axis=axis, keepdims=True)
