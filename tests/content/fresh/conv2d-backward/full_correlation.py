import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def correlate(images, kernels):
    """images (A, B, H, W), kernels (C, B, h, w) -> (A, C, H - h + 1, W - w + 1)"""
    windows = sliding_window_view(images, kernels.shape[2:], axis=(2, 3))
    return np.einsum("abijuv,cbuv->acij", windows, kernels, optimize=True)


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    (n, f, oh, ow), (kh, kw) = dout.shape, w.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    height, width = x.shape[2:]
    spread = np.zeros((n, f, height - kh + 1, width - kw + 1))  # zeros between the positions that were left out
    spread[:, :, ::stride, ::stride][:, :, :oh, :ow] = dout
    around = np.pad(spread, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    dx = correlate(around, np.flip(w, axis=(2, 3)).swapaxes(0, 1))
    dw = correlate(x.swapaxes(0, 1), spread.swapaxes(0, 1)).swapaxes(0, 1)
    return dx[:, :, padding : height - padding, padding : width - padding], dw, np.einsum("nfij->f", dout)
