"""You stored the differences in y_pred itself, so the caller's predictions are gone. Which array does `a -= b` write to, and which one does `a - b` make?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    y_pred -= y_true
    return np.mean(y_pred**2)
