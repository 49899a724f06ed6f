"""You returned the gradients as (dw, dx, db). In which order are x, w and b among the arguments?"""

import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    KH, KW = w.shape[2:]
    OH, OW = dout.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx_pad, dw = np.zeros(x_pad.shape), np.zeros(w.shape)
    for i in range(OH):
        for j in range(OW):
            rows = slice(i * stride, i * stride + KH)
            columns = slice(j * stride, j * stride + KW)
            dw += np.einsum("nf,ncuv->fcuv", dout[:, :, i, j], x_pad[:, :, rows, columns])
            dx_pad[:, :, rows, columns] += np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
    dx = dx_pad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dw, dx, dout.sum(axis=(0, 2, 3))
