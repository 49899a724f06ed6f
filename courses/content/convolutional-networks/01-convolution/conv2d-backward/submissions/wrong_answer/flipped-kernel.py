"""Your dx has the kernel turned by 180 degrees: slid over a padded dout it must be flipped, and added window by window it must not. Which weight did the forward pass lay on the top left pixel of a window?"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    H, W = x.shape[2:]
    KH, KW = w.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    spread = np.zeros((len(x), len(w), x_pad.shape[2] - KH + 1, x_pad.shape[3] - KW + 1))
    spread[:, :, ::stride, ::stride] = dout
    dw = np.einsum("nfij,ncuvij->fcuv", spread, sliding_window_view(x_pad, spread.shape[2:], axis=(2, 3)))
    full = np.pad(spread, ((0, 0), (0, 0), (KH - 1, KH - 1), (KW - 1, KW - 1)))
    dx = np.einsum("nfhwuv,fcuv->nchw", sliding_window_view(full, (KH, KW), axis=(2, 3)), w)
    return dx[:, :, padding : padding + H, padding : padding + W], dw, dout.sum(axis=(0, 2, 3))
