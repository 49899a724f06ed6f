def mean_squared_error(y_true, y_pred):
    """Mean of the squared differences over all elements.

    y_true, y_pred: arrays (or tensors) of one shape, e.g. (N,), (N, 1), (N, K) or ()
    Returns one float.
    """
    raise NotImplementedError("mean_squared_error")
