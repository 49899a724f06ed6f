"""Maps made smaller by what is under a moving window. Formulas and sources: `mlcore.numpy.pooling`."""

import torch
from torch import Tensor


def max_pool_forward(x: Tensor, size: int, stride: int) -> Tensor:
    """Return the largest value in every window of x (N, C, H, W): (N, C, OH, OW)."""
    windows = _windows(x, size, stride)
    return windows.gather(-1, windows.argmax(dim=-1, keepdim=True)).squeeze(-1)  # amax would share the slope of ties


def max_pool_backward(dout: Tensor, x: Tensor, size: int, stride: int) -> Tensor:
    """Return dx in the shape of x, for dout (N, C, OH, OW); the first maximum wins a tie."""
    place = _windows(x, size, stride).argmax(dim=-1)  # (N, C, OH, OW)
    rows = torch.arange(place.shape[2], device=x.device)[:, None] * stride + place // size
    columns = torch.arange(place.shape[3], device=x.device) * stride + place % size
    pixels = (rows * x.shape[3] + columns).flatten(2)  # (N, C, OH·OW), positions in a flattened image
    dx = torch.zeros(x.shape, dtype=torch.float64, device=x.device).flatten(2)
    return dx.scatter_add(2, pixels, dout.double().flatten(2)).reshape(x.shape)


def _windows(x: Tensor, size: int, stride: int) -> Tensor:
    """Return the windows with their pixels in a row: (N, C, OH, OW, size²)."""
    return x.double().unfold(2, size, stride).unfold(3, size, stride).flatten(4)
