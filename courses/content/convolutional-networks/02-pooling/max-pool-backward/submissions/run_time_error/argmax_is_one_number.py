import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        top, left = i * stride, j * stride
        u, v = np.argmax(x[n, c, top : top + size, left : left + size])
        dx[n, c, top + u, left + v] += dout[n, c, i, j]
    return dx
