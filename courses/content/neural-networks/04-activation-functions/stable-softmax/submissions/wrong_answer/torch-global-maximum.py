# backend: torch
"""You subtracted the largest logit of the whole array. What is left of a row around -1000 once 1000 has been subtracted from it?"""

import torch


def stable_softmax(logits, axis=-1):
    logits = logits.double()
    powers = torch.exp(logits - logits.max())
    return powers / powers.sum(dim=axis, keepdim=True)
