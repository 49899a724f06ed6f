import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.linalg.norm(np.ravel(y_pred - y_true)) ** 2 / np.size(y_true)
