import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    N = x.shape[0]
    F, _, HH, WW = w.shape
    x_pad = np.pad(x, ((0,), (0,), (padding,), (padding,)), mode="constant")
    dx_pad = np.zeros(x_pad.shape)
    dw = np.zeros(w.shape)
    for n in range(N):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    h, k = i * stride, j * stride
                    dw[f] += x_pad[n, :, h : h + HH, k : k + WW] * dout[n, f, i, j]
                    dx_pad[n, :, h : h + HH, k : k + WW] += w[f] * dout[n, f, i, j]
    if padding > 0:
        dx_pad = dx_pad[:, :, padding:-padding, padding:-padding]
    return {"dx": dx_pad, "dw": dw, "db": np.sum(dout, axis=(0, 2, 3))}
