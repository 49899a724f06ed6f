"""You turned the kernel by 180 degrees before sliding it: that is the convolution of signal processing. Which pixel of the window does the formula multiply with w[f, c, 0, 0]?"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = w[:, :, ::-1, ::-1]
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("nchwuv,fcuv->nfhw", windows, w) + b[:, None, None]
