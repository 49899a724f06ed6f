"""You averaged first and squared afterwards. What is left of two errors +3 and −3 by the time you square?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.mean(y_true - y_pred) ** 2
