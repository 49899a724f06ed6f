"""You divided by the length of the first axis, which is the number of elements only where there is one axis.

How many errors does a table of 2 rows and 3 columns hold?
"""

import numpy as np


def mean_absolute_error(y_true, y_pred):
    return np.abs(y_true - y_pred).sum() / len(y_true)
