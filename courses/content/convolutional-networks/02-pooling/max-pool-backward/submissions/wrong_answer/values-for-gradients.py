"""You put the pixels' own values where their gradients belong. How fast does a maximum grow with its winner?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    N, C, OH, OW = dout.shape
    dx = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    top, left = i * stride, j * stride
                    window = x[n, c, top : top + size, left : left + size]
                    u, v = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, top + u, left + v] += window[u, v] * dout[n, c, i, j]
    return dx
