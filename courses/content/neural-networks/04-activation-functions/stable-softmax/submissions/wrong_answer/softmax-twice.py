# backend: torch
"""You applied softmax to probabilities that had been through softmax already. How far apart can two outputs still be when all inputs lie between 0 and 1?"""

import torch


def stable_softmax(logits, axis=-1):
    probabilities = torch.softmax(logits.double(), dim=axis)
    return torch.softmax(probabilities, dim=axis)
