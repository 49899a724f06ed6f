import numpy as np


def mean_squared_error(y_true, y_pred):
    error = y_pred - y_true
    return np.var(error) + np.mean(error) ** 2
