import numpy as np


def mean_squared_error(y_true, y_pred):
    r = (np.asarray(y_pred) - np.asarray(y_true)).ravel()
    return float(r @ r) / r.size
