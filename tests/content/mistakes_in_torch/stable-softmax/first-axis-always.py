import torch


def stable_softmax(logits, axis=-1):
    return torch.softmax(logits.double(), dim=0)
