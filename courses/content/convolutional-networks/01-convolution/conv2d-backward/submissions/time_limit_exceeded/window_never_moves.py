import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    KH, KW = w.shape[2:]
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    i = 0
    while i < dout.shape[2]:
        for j in range(dout.shape[3]):
            rows, columns = slice(i * stride, i * stride + KH), slice(j * stride, j * stride + KW)
            dw += np.tensordot(dout[:, :, i, j], x[:, :, rows, columns], axes=(0, 0))
            dx[:, :, rows, columns] += np.tensordot(dout[:, :, i, j], w, axes=1)
    bottom, right = x.shape[2] - padding, x.shape[3] - padding
    return dx[:, :, padding:bottom, padding:right], dw, dout.sum(axis=(0, 2, 3))
