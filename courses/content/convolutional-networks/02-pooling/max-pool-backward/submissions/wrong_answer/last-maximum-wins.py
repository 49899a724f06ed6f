"""You let a later pixel win when it equals the best so far. Which comparison keeps the first?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        best, row, column = -np.inf, 0, 0
        for u in range(size):
            for v in range(size):
                if x[n, c, i * stride + u, j * stride + v] >= best:
                    best = x[n, c, i * stride + u, j * stride + v]
                    row, column = i * stride + u, j * stride + v
        dx[n, c, row, column] += dout[n, c, i, j]
    return dx
