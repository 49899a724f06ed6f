# backend: torch
# Needs the tolerance of float32.
import torch


class Softmax(torch.nn.Module):
    def __init__(self, axis):
        super().__init__()
        self.axis = axis

    def forward(self, z):
        return torch.nn.functional.softmax(z.float(), dim=self.axis)


def stable_softmax(logits, axis=-1):
    return Softmax(axis)(logits)
