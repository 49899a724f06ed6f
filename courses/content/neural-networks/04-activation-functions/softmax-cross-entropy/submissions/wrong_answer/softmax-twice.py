"""You applied softmax to the logits and then the whole loss, with its own softmax, to the result. How small can such a loss get when all its scores lie between 0 and 1?"""

import numpy as np


def softmax(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_cross_entropy(logits, labels):
    N = len(logits)
    p = softmax(softmax(logits))
    loss = -np.log(p[np.arange(N), labels]).mean()
    p[np.arange(N), labels] -= 1
    return loss, p / N
