"""You made the output as small as the stride asks, but filled it with neighbouring windows. At which row of the padded image does the window of output row i begin?"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    OH, OW = (x.shape[2] - w.shape[2]) // stride + 1, (x.shape[3] - w.shape[3]) // stride + 1
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, :OH, :OW]
    return np.einsum("nchwuv,fcuv->nfhw", windows, w) + b[:, None, None]
