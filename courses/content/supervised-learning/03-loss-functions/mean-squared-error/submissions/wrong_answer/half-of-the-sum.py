"""You computed half of the sum of the squares. Which two steps of the formula would make it independent of the number of samples?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return 0.5 * np.sum((y_true - y_pred) ** 2)
