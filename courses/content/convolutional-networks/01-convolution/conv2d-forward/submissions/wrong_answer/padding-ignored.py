"""You slid the kernel over the bare image and left the padding out. Which pixels lie under a 3 × 3 kernel whose centre is on the image's corner?"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, w, b, stride=1, padding=0):
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("nchwuv,fcuv->nfhw", windows, w) + b[:, None, None]
