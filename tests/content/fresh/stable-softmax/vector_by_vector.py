import math

import numpy as np


def softmax_of_list(scores):
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = math.fsum(powers)
    return [power / total for power in powers]


def stable_softmax(logits, axis=-1):
    moved = np.moveaxis(np.asarray(logits, dtype=float), axis, -1)
    flat = moved.reshape(-1, moved.shape[-1])
    rows = np.array([softmax_of_list(row) for row in flat.tolist()])
    return np.moveaxis(rows.reshape(moved.shape), -1, axis)
