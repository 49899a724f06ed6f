import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    F, _, KH, KW = w.shape
    OH = (H + 2 * padding - KH) // stride + 1
    OW = (W + 2 * padding - KW) // stride + 1
    out = np.zeros((N, F, OH, OW))
    for n in range(N):
        for f in range(F):
            for i in range(OH):
                for j in range(OW):
                    total = b[f]
                    for c in range(C):
                        for u in range(KH):
                            for v in range(KW):
                                row = i * stride + u - padding
                                column = j * stride + v - padding
                                if 0 <= row < H and 0 <= column < W:
                                    total += x[n, c, row, column] * w[f, c, u, v]
                    out[n, f, i, j] = total
    return out
