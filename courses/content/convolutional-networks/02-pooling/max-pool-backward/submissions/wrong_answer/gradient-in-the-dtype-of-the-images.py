"""You gave dx the dtype of the images, so that fractions are cut off where pixels are integers. What does zeros_like take from its argument besides the shape?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    N, C, OH, OW = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    top, left = i * stride, j * stride
                    window = x[n, c, top : top + size, left : left + size]
                    u, v = np.unravel_index(np.argmax(window), window.shape)
                    dx[n, c, top + u, left + v] += dout[n, c, i, j]
    return dx
