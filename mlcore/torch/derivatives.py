"""Slopes of functions, measured by moving their arguments a little. Sources: `mlcore.numpy.derivatives`."""

from collections.abc import Callable

import torch
from torch import Tensor


def numerical_gradient(f: Callable[[Tensor], Tensor], x: Tensor, eps: float = 1e-5) -> Tensor:
    """Central differences of f at x, one for each element of x; f returns a tensor without axes."""
    x = x.double()
    steps = eps * torch.eye(x.numel(), dtype=x.dtype, device=x.device).reshape(x.numel(), *x.shape)
    slopes = [(f(x + step) - f(x - step)) / (2 * eps) for step in steps]
    return torch.stack(slopes).reshape(x.shape) if slopes else torch.zeros_like(x)
