# backend: torch
import torch


def mean_squared_error(y_true, y_pred):
    return torch.mean(torch.square(y_pred - y_true)).item()
