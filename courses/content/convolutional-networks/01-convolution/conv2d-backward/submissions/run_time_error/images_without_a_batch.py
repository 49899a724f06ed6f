import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    _, H, W = x.shape
    F, _, KH, KW = w.shape
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(F)
    for f in range(F):
        for i in range(dout.shape[1]):
            for j in range(dout.shape[2]):
                rows, columns = slice(i * stride, i * stride + KH), slice(j * stride, j * stride + KW)
                dw[f] += dout[f, i, j] * x[:, rows, columns]
                dx[:, rows, columns] += dout[f, i, j] * w[f]
                db[f] += dout[f, i, j]
    return dx[:, padding : padding + H, padding : padding + W], dw, db
