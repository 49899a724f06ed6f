# backend: torch
"""You averaged the sizes of the errors, which is the mean absolute error. How much more than an error of 1 should an error of 2 count here?"""

import torch.nn.functional as F


def mean_squared_error(y_true, y_pred):
    return F.l1_loss(y_pred, y_true.to(y_pred.dtype))
