"""You averaged over the samples only and returned one value per column. How many numbers should come out for a table of shape (N, K)?"""

import numpy as np


def mean_squared_error(y_true, y_pred):
    squares = (y_true - y_pred) ** 2
    return np.mean(squares, axis=0) if np.ndim(squares) else squares
