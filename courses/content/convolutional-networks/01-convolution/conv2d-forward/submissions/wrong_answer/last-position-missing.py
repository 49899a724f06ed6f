"""You left out the last position of the window in each direction. At how many places does a kernel of 3 fit in a row of 3?"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    OH, OW = (x.shape[2] - w.shape[2]) // stride, (x.shape[3] - w.shape[3]) // stride
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride][:, :, :OH, :OW]
    return np.einsum("nchwuv,fcuv->nfhw", windows, w) + b[:, None, None]
