import torch


def stable_softmax(logits, axis=-1):
    logits = logits.double()
    powers = torch.exp(logits - logits.max())
    return powers / powers.sum(dim=axis, keepdim=True)
