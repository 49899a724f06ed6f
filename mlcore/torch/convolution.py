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


def conv2d_backward(
    dout: Tensor,
    x: Tensor,
    w: Tensor,
    b: Tensor,  # noqa: ARG001 -- one signature with the forward pass; no slope depends on b
    stride: int = 1,
    padding: int = 0,
) -> tuple[Tensor, Tensor, Tensor]:
    """Return dx, dw and db, in the shapes of x, w and b, for dout (N, F, OH, OW)."""
    dout, x, w = dout.double().flatten(2), x.double(), w.double()  # dout: (N, F, OH·OW)
    kernel = w.shape[2:]
    columns = functional.unfold(x, kernel, padding=padding, stride=stride)  # (N, C·KH·KW, OH·OW)
    dw = torch.einsum("nfl,nkl->fk", dout, columns).reshape(w.shape)
    dcolumns = torch.einsum("nfl,fk->nkl", dout, w.flatten(1))
    dx = functional.fold(dcolumns, x.shape[2:], kernel, padding=padding, stride=stride)  # adds where windows overlap
    return dx, dw, dout.sum(dim=(0, 2))
