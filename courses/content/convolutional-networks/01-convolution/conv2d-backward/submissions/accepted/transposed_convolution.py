import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def correlate(images, kernels):
    windows = sliding_window_view(images, kernels.shape[2:], axis=(2, 3))
    return np.tensordot(windows, kernels, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    n, _, h, width = x.shape
    f, _, kh, kw = w.shape
    rows, columns = h + 2 * padding - kh + 1, width + 2 * padding - kw + 1
    spread = np.zeros((n, f, rows, columns))
    spread[:, :, ::stride, ::stride] = dout
    full = np.pad(spread, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    dx = correlate(full, w[:, :, ::-1, ::-1].swapaxes(0, 1))
    dx = dx[:, :, padding : padding + h, padding : padding + width]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dw = correlate(x.swapaxes(0, 1), spread.swapaxes(0, 1)).swapaxes(0, 1)
    return dx, dw, dout.sum((0, 2, 3))
