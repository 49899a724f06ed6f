import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i in range(dout.shape[2]):
                j = 0
                while j < dout.shape[3]:
                    window = x[n, c, i * stride : i * stride + size, j * stride : j * stride + size]
                    u, v = divmod(int(window.argmax()), size)
                    dx[n, c, i * stride + u, j * stride + v] += dout[n, c, i, j]
    return dx
