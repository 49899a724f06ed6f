"""You raised e to the logits as they are. What is e to the power of 1000 in a 64-bit float, and what is infinity divided by infinity?"""

import numpy as np


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    powers = np.exp(logits)
    p = powers / powers.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), labels]).mean()
    dlogits = p.copy()
    dlogits[np.arange(N), labels] -= 1
    return loss, dlogits / N
