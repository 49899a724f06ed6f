# TODO: signature, docstring with shapes, and nothing of the answer
def mean_absolute_error(y_true, y_pred):
    """Mean size of the errors.

    y_true: any shape       what is true
    y_pred: the same shape  what was predicted
    Returns a number.
    """
    raise NotImplementedError("mean_absolute_error")
