import math

import numpy as np


def mean_squared_error(y_true, y_pred):
    pairs = list(zip(np.ravel(y_true).tolist(), np.ravel(y_pred).tolist()))
    return math.fsum((p - t) ** 2 for t, p in pairs) / len(pairs)
