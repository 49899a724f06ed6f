# backend: torch
"""You measured the Euclidean distance between the two arrays: the root of the sum of squares. Where in the formula is a root, and where in your code is a mean?"""

import torch


def mean_squared_error(y_true, y_pred):
    return torch.linalg.vector_norm(y_pred - y_true)
