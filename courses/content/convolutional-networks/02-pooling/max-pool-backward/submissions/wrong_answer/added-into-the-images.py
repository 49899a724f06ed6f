"""You cleared the images and collected the gradient in them. Who may still need the images after your function returns?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    N, C, OH, OW = dout.shape
    dx, x = x, x.astype(float)
    dx[...] = 0
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    top, left = i * stride, j * stride
                    window = x[n, c, top : top + size, left : left + size]
                    u, v = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, top + u, left + v] += dout[n, c, i, j]
    return dx
