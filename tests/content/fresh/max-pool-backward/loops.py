import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    N, C, OH, OW = dout.shape
    for n in range(N):
        for c in range(C):
            for i in range(OH):
                for j in range(OW):
                    best = None
                    for p in range(i * stride, i * stride + size):
                        for q in range(j * stride, j * stride + size):
                            if best is None or x[n, c, p, q] > x[n, c, best[0], best[1]]:
                                best = (p, q)
                    dx[n, c, best[0], best[1]] += dout[n, c, i, j]
    return dx
