# backend: torch
"""You turned the signs round, so the smallest logit gets the largest probability. Which of the logits 1, 2, 3 is the best score?"""

import torch


def stable_softmax(logits, axis=-1):
    return torch.softmax(-logits.double(), dim=axis)
