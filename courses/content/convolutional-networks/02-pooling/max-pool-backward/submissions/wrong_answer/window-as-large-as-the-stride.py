"""You made the windows as large as the stride. Which argument says how many pixels a window has?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    size = stride
    N, C, OH, OW = dout.shape
    dx = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    top, left = i * stride, j * stride
                    window = x[n, c, top : top + size, left : left + size]
                    u, v = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, top + u, left + v] += dout[n, c, i, j]
    return dx
