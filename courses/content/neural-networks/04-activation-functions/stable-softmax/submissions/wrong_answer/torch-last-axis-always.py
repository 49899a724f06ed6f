# backend: torch
"""You normalised along the last axis whatever axis was asked for. Where in your code does the argument axis appear?"""

import torch


def stable_softmax(logits, axis=-1):
    return torch.softmax(logits.double(), dim=-1)
