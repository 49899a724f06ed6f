import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    N, _, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out = 1 + (H + 2 * padding - HH) // stride
    W_out = 1 + (W + 2 * padding - WW) // stride
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="constant")
    out = np.zeros((N, F, H_out, W_out))
    for i in range(N):
        for f in range(F):
            for h in range(H_out):
                for k in range(W_out):
                    patch = x_pad[i, :, h * stride : h * stride + HH, k * stride : k * stride + WW]
                    out[i, f, h, k] = np.sum(patch * w[f]) + b[f]
    return out
