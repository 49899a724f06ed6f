"""You wrote whole windows, winner and zeros, over what earlier windows had put there. What happens to a winner that a later window contains but does not choose?"""

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
                    dx[n, c, top : top + size, left : left + size] = 0
                    dx[n, c, top + u, left + v] = dout[n, c, i, j]
    return dx
