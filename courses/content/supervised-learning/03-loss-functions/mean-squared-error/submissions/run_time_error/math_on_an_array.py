import math


def mean_squared_error(y_true, y_pred):
    return math.pow(y_true - y_pred, 2) / len(y_true)
