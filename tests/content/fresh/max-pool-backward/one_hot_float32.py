# Needs the tolerance of float32.
import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape, dtype=np.float32)
    for (n, c, i, j), share in np.ndenumerate(dout.astype(np.float32)):
        corner = np.array([i, j]) * stride
        top, left = corner
        place = np.unravel_index(np.argmax(x[n, c, top : top + size, left : left + size]), (size, size))
        p, q = corner + place
        dx[n, c, p, q] += share
    return dx
