"""You averaged the differences themselves, so errors of opposite sign cancel. What does your function say about predictions that are 10 too high for one sample and 10 too low for the next?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.mean(y_pred - y_true)
