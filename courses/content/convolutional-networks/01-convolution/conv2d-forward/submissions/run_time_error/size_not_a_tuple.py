import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    N, _, H, W = x.shape
    F, _, KH, KW = w.shape
    OH = (H + 2 * padding - KH) // stride + 1
    OW = (W + 2 * padding - KW) // stride + 1
    out = np.zeros(N, F, OH, OW)
    return out
