"""Filters that slide over images. Formulas and sources: `mlcore.numpy.convolution`."""

import torch
from torch import Tensor
from torch.nn import functional


def conv2d_forward(x: Tensor, w: Tensor, b: Tensor, stride: int = 1, padding: int = 0) -> Tensor:
    """Cross-correlate x (N, C, H, W) with w (F, C, KH, KW) and add b (F,): (N, F, OH, OW)."""
    padded = functional.pad(x.double(), (padding,) * 4)
    rows = padded.unfold(2, w.shape[2], stride)  # (N, C, OH, W + 2·padding, KH)
    windows = rows.unfold(3, w.shape[3], stride)  # (N, C, OH, OW, KH, KW)
    return torch.einsum("nchwuv,fcuv->nfhw", windows, w.double()) + b.double()[:, None, None]
