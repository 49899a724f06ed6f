import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    N, F, OH, OW = dout.shape
    _, C, H, W = x.shape
    _, _, KH, KW = w.shape
    dx, dw, db = np.zeros((N, C, H, W)), np.zeros(w.shape), np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(OH):
                for j in range(OW):
                    g = dout[n, f, i, j]
                    db[f] += g
                    for u in range(KH):
                        for v in range(KW):
                            row, column = i * stride + u - padding, j * stride + v - padding
                            if row < 0 or row >= H or column < 0 or column >= W:
                                continue
                            for c in range(C):
                                dw[f, c, u, v] += g * x[n, c, row, column]
                                dx[n, c, row, column] += g * w[f, c, u, v]
    return dx, dw, db
