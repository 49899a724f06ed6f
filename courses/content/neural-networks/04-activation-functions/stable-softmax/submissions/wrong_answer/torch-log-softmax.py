# backend: torch
"""You returned the logarithms of the probabilities. Can a probability be negative?"""

import torch


def stable_softmax(logits, axis=-1):
    return torch.log_softmax(logits.double(), dim=axis)
