"""You gave dx the dtype of the images, so that fractions are cut off where pixels are integers. What does zeros_like take from its argument besides the shape?"""

import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    _, _, OH, OW = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx, dw = np.zeros_like(x_pad), np.zeros_like(w)
    for n in range(N):
        for f in range(F):
            for i in range(OH):
                for j in range(OW):
                    for u in range(KH):
                        for v in range(KW):
                            for c in range(C):
                                row, column = i * stride + u, j * stride + v
                                dw[f, c, u, v] += dout[n, f, i, j] * x_pad[n, c, row, column]
                                dx[n, c, row, column] += dout[n, f, i, j] * w[f, c, u, v]
    return dx[:, :, padding : padding + H, padding : padding + W], dw, dout.sum(axis=(0, 2, 3))
