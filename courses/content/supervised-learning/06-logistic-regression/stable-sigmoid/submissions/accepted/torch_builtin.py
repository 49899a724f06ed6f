# backend: torch
import torch


def stable_sigmoid(x):
    return torch.sigmoid(x.double())
