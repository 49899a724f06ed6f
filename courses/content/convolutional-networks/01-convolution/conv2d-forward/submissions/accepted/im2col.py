import numpy as np


def im2col(x, kh, kw, stride):
    n, c, h, w = x.shape
    oh, ow = (h - kh) // stride + 1, (w - kw) // stride + 1
    col = np.zeros((n, c, kh, kw, oh, ow))
    for u in range(kh):
        for v in range(kw):
            col[:, :, u, v] = x[:, :, u : u + stride * oh : stride, v : v + stride * ow : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(n * oh * ow, -1), oh, ow


def conv2d_forward(x, w, b, stride=1, padding=0):
    f, _, kh, kw = w.shape
    padded = np.zeros((x.shape[0], x.shape[1], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))
    padded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    col, oh, ow = im2col(padded, kh, kw, stride)
    out = col @ w.reshape(f, -1).T + b
    return out.reshape(x.shape[0], oh, ow, f).transpose(0, 3, 1, 2)
