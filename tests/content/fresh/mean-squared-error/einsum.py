import numpy as np


def mean_squared_error(y_true, y_pred):
    residual = np.ravel(y_pred - y_true)
    return np.einsum("m,m->", residual, residual) / residual.size
