# backend: torch
import torch


def mean_squared_error(y_true, y_pred):
    distance = torch.dist(y_true.double(), y_pred.double(), p=2)
    return distance.pow(2).div(y_true.numel())
