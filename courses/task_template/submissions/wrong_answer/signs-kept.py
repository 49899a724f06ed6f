"""You took the mean of the errors with their signs, so that errors of both signs cancel.

What is the mean error of one prediction that is 1 too high and one that is 1 too low, and what should it be?
"""


def mean_absolute_error(y_true, y_pred):
    return (y_pred - y_true).mean()
