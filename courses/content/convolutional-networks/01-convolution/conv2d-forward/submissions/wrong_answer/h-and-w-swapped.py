"""You returned the feature maps with rows and columns exchanged, (N, F, OW, OH). For an image that is wider than it is high, should a feature map be wide or high?"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("nchwuv,fcuv->nfwh", windows, w) + b[:, None, None]
