# backend: torch
# TODO: and at least one in PyTorch
def mean_absolute_error(y_true, y_pred):
    return (y_true - y_pred).abs().sum() / y_true.numel()
