"""You added up the squared errors and stopped there. If every sample appeared twice in the data, should the loss double?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.sum((y_true - y_pred) ** 2)
