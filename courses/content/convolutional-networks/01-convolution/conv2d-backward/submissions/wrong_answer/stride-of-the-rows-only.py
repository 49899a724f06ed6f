"""You moved down by the stride but to the right by one. At which column does the second window begin?"""

import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    N, _, H, W = x.shape
    F, _, KH, KW = w.shape
    _, _, OH, OW = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx_pad = np.zeros(x_pad.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(b.shape)
    for n in range(N):
        for f in range(F):
            db[f] += dout[n, f].sum()
            for i in range(OH):
                for j in range(OW):
                    top, left = i * stride, j
                    window = x_pad[n, :, top : top + KH, left : left + KW]
                    dw[f] += dout[n, f, i, j] * window
                    dx_pad[n, :, top : top + KH, left : left + KW] += dout[n, f, i, j] * w[f]
    dx = dx_pad[:, :, padding : padding + H, padding : padding + W]
    return dx, dw, db
