"""You got all the right numbers as (N, OH, OW, F) and then only relabelled them with reshape. Which operation moves an axis to another place and takes its numbers along?"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("nchwuv,fcuv->nhwf", windows, w) + b
    return out.reshape(len(x), len(w), out.shape[1], out.shape[2])
