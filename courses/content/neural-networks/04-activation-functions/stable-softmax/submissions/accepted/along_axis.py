import numpy as np


def stable_softmax(logits, axis=-1):
    def one(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    return np.apply_along_axis(one, axis, logits.astype(float))
