def mean_squared_error(y_true, y_pred):
    rows = y_true.shape[0] if y_true.ndim else 1
    return ((y_pred - y_true) ** 2).sum() / rows
