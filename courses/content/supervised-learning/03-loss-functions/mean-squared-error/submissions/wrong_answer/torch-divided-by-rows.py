# backend: torch
"""You divided the sum of all squares by the number of rows. How many squares did you add up for a table of shape (N, K)?"""


def mean_squared_error(y_true, y_pred):
    rows = y_true.shape[0] if y_true.ndim else 1
    return ((y_pred - y_true) ** 2).sum() / rows
