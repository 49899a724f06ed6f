import numpy as np


def mean_squared_error(y_true, y_pred):
    truth, guess = np.ravel(y_true), np.ravel(y_pred)
    total, i = 0.0, 0
    while i < truth.size:
        total += (guess[i] - truth[i]) ** 2
    return total / truth.size
