# backend: torch
import torch


def stable_softmax(logits, axis=-1):
    z = logits.to(torch.float64)
    return torch.exp(z - torch.logsumexp(z, dim=axis, keepdim=True))
