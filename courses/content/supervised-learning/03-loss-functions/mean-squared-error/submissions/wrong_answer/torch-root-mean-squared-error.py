# backend: torch
"""You took the root of the mean, which is the RMSE. In which unit is your answer if y is in metres, and in which unit is the formula's?"""


def mean_squared_error(y_true, y_pred):
    return ((y_pred - y_true) ** 2).mean().sqrt()
