"""You divided the sum of all squares by the number of rows. How many squares did you add up for a table of shape (N, K)?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    rows = len(y_true) if np.ndim(y_true) else 1
    return np.sum((y_true - y_pred) ** 2) / rows
