# backend: torch
import torch


def stable_softmax(logits, axis=-1):
    return torch.softmax(logits, dim=axis, dtype=torch.float64)
