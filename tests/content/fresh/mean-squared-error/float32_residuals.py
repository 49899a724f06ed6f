# Needs the tolerance of float32.
import numpy as np


def mean_squared_error(y_true, y_pred):
    residual = (np.asarray(y_true, dtype=np.float64) - y_pred).astype(np.float32)
    return np.mean(residual**2, dtype=np.float32)
