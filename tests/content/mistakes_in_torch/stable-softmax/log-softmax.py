import torch


def stable_softmax(logits, axis=-1):
    return torch.log_softmax(logits.double(), dim=axis)
