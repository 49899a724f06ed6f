# TODO: at least three ways in NumPy that have nothing in common
import numpy as np


def mean_absolute_error(y_true, y_pred):
    return np.abs(y_true - y_pred).mean()
