"""You averaged the sizes of the errors, which is the mean absolute error. How much more than an error of 1 should an error of 2 count here?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.mean(np.abs(y_true - y_pred))
