"""TODO: four to eight such files, each a whole answer with one mistake. The docstring says what the learner did.

Which question leads on?
"""

import numpy as np


def mean_absolute_error(y_true, y_pred):
    return np.abs(y_true - y_pred).sum()
