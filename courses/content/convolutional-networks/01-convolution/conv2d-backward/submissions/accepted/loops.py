import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    _, _, OH, OW = dout.shape
    dx = np.zeros((N, C, H, W))
    dw = np.zeros((F, C, KH, KW))
    db = np.zeros(F)
    for n in range(N):
        for f in range(F):
            for i in range(OH):
                for j in range(OW):
                    g = dout[n, f, i, j]
                    db[f] += g
                    for c in range(C):
                        for u in range(KH):
                            for v in range(KW):
                                row = i * stride + u - padding
                                column = j * stride + v - padding
                                if 0 <= row < H and 0 <= column < W:
                                    dx[n, c, row, column] += g * w[f, c, u, v]
                                    dw[f, c, u, v] += g * x[n, c, row, column]
    return dx, dw, db
