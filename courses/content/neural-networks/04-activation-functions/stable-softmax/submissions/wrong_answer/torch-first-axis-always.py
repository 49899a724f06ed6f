# backend: torch
"""You normalised along the first axis, so the samples of a batch compete with each other. Which numbers belong together when axis is -1?"""

import torch


def stable_softmax(logits, axis=-1):
    return torch.softmax(logits.double(), dim=0)
