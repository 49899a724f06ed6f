import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    dout, x, w = dout.astype(np.float32), x.astype(np.float32), w.astype(np.float32)
    kh, kw = w.shape[2:]
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows, cols = slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw)
            dw += np.einsum("nf,ncuv->fcuv", dout[:, :, i, j], x[:, :, rows, cols])
            dx[:, :, rows, cols] += np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
    h, width = x.shape[2] - padding, x.shape[3] - padding
    return dx[:, :, padding:h, padding:width], dw, dout.sum(axis=(0, 2, 3))
