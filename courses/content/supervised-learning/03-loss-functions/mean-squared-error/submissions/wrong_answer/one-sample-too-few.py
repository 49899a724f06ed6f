"""You divided by one less than the number of elements, as an unbiased variance does. Which quantity was estimated from the data here, so that a degree of freedom would be used up?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.sum((y_true - y_pred) ** 2) / max(np.size(y_true) - 1, 1)
