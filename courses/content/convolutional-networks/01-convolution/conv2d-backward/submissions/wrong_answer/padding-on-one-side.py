"""You took all the zeros to be at the bottom and on the right. Which corner of the padded image does the first window cover?"""

import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    N, _, H, W = x.shape
    F, _, KH, KW = w.shape
    _, _, OH, OW = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    dx_pad = np.zeros(x_pad.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(b.shape)
    for n in range(N):
        for f in range(F):
            db[f] += dout[n, f].sum()
            for i in range(OH):
                for j in range(OW):
                    top, left = i * stride, j * stride
                    window = x_pad[n, :, top : top + KH, left : left + KW]
                    dw[f] += dout[n, f, i, j] * window
                    dx_pad[n, :, top : top + KH, left : left + KW] += dout[n, f, i, j] * w[f]
    dx = dx_pad[:, :, :H, :W]
    return dx, dw, db
