"""You gave everything to the largest logit. How sure should the function be when the two best scores differ by 0.1?"""

import numpy as np


def stable_softmax(logits, axis=-1):
    best = np.argmax(logits, axis=axis)
    return np.moveaxis(np.eye(logits.shape[axis])[best], -1, axis)
