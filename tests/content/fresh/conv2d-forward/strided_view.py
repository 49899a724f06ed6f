import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    n, c, h, width = x.shape
    f, _, kh, kw = w.shape
    big = np.zeros((n, c, h + 2 * padding, width + 2 * padding))
    big[:, :, padding : padding + h, padding : padding + width] = x
    oh, ow = (big.shape[2] - kh) // stride + 1, (big.shape[3] - kw) // stride + 1
    sn, sc, sh, sw = big.strides
    view = np.lib.stride_tricks.as_strided(
        big, (n, oh, ow, c, kh, kw), (sn, sh * stride, sw * stride, sc, sh, sw), writeable=False
    )
    out = view.reshape(n * oh * ow, -1) @ w.reshape(f, -1).T + b
    return out.reshape(n, oh, ow, f).transpose(0, 3, 1, 2)
