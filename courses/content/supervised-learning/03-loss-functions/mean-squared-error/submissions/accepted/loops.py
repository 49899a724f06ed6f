import numpy as np


def mean_squared_error(y_true, y_pred):
    total = 0.0
    count = 0
    for t, p in zip(np.ravel(y_true), np.ravel(y_pred)):
        total += (p - t) ** 2
        count += 1
    return total / count
