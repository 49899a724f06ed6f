# backend: torch
"""You raised e to the logits as they are. What is e to the power of 1000 in a 64-bit float, and what is infinity divided by infinity?"""

import torch


def stable_softmax(logits, axis=-1):
    powers = torch.exp(logits.double())
    return powers / powers.sum(dim=axis, keepdim=True)
