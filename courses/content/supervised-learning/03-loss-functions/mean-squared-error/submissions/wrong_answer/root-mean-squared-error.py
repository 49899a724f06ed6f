"""You took the root of the mean, which is the RMSE. In which unit is your answer if y is in metres, and in which unit is the formula's?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.sqrt(np.mean((y_true - y_pred) ** 2))
