"""The bends between two layers, elementwise, and softmax. Formulas and sources: `mlcore.numpy.activations`."""

import math

import torch
from torch import Tensor


def relu(x: Tensor) -> Tensor:
    """Return max(0, x); the slope at 0 is 0."""
    x = x.double()
    return torch.where(x > 0, x, torch.zeros_like(x))


def leaky_relu(x: Tensor, negative_slope: float = 0.01) -> Tensor:
    """Return x where x > 0, else negative_slope·x."""
    x = x.double()
    return torch.where(x > 0, x, negative_slope * x)


def stable_sigmoid(x: Tensor) -> Tensor:
    """1/(1 + e^(−x)) without overflow in either tail."""
    return torch.sigmoid(x.double())  # built from |x| its slope at exactly 0 would come out as 0


def gelu(x: Tensor) -> Tensor:
    """x·Φ(x) in its tanh approximation."""
    x = x.double()
    return x / 2 * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def stable_softmax(logits: Tensor, axis: int = -1) -> Tensor:
    """Softmax along `axis`, finite for logits of any size."""
    logits = logits.double()
    powers = torch.exp(logits - logits.amax(dim=axis, keepdim=True))
    return powers / powers.sum(dim=axis, keepdim=True)
