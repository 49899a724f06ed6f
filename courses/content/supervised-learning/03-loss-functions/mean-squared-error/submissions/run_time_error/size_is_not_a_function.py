def mean_squared_error(y_true, y_pred):
    return ((y_true - y_pred) ** 2).sum() / y_true.size()
