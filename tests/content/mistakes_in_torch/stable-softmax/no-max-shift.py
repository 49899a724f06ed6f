import torch


def stable_softmax(logits, axis=-1):
    powers = torch.exp(logits.double())
    return powers / powers.sum(dim=axis, keepdim=True)
