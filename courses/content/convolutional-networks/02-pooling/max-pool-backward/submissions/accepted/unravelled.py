import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros_like(x, dtype=float)
    for n, c, i, j in np.ndindex(*dout.shape):
        rows = slice(i * stride, i * stride + size)
        columns = slice(j * stride, j * stride + size)
        window = x[n, c, rows, columns]
        winner = np.unravel_index(np.argmax(window), window.shape)
        dx[n, c, rows, columns][winner] += dout[n, c, i, j]
    return {"dx": dx}
