import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    _, H, W = x.shape
    F, _, KH, KW = w.shape
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((F, (H + 2 * padding - KH) // stride + 1, (W + 2 * padding - KW) // stride + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                patch = x[:, i * stride : i * stride + KH, j * stride : j * stride + KW]
                out[f, i, j] = np.sum(patch * w[f]) + b[f]
    return out
