"""You multiplied the square out before averaging, which is the same on paper. What happens to the last digits of two nearly equal numbers near 10^18 when they are subtracted?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    return np.mean(y_pred**2) - 2 * np.mean(y_pred * y_true) + np.mean(y_true**2)
