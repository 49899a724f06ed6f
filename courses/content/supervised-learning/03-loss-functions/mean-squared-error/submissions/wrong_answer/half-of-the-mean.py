"""You computed half of the mean, as in the objective 1/(2N) Σ that is convenient for gradients. What is the mean of the four squares in the statement's example?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return 0.5 * np.mean((y_true - y_pred) ** 2)
