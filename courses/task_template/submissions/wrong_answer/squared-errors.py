"""You took the mean of the squared errors.

How much does an error of 3 count, compared with an error of 1?
"""


def mean_absolute_error(y_true, y_pred):
    return ((y_true - y_pred) ** 2).mean()
