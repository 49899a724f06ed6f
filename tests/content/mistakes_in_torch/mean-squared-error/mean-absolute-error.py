import torch.nn.functional as F


def mean_squared_error(y_true, y_pred):
    return F.l1_loss(y_pred, y_true.to(y_pred.dtype))
