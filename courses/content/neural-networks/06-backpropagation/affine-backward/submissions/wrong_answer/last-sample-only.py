"""You assigned the gradients of each sample with `=`, so only those of the last one are left. What should happen to the contributions of several samples to one weight?"""

import numpy as np


def affine_backward(dout, x, w, b):
    rows = x.reshape(x.shape[0], -1)
    dx = np.zeros(rows.shape)
    dw, db = np.zeros(w.shape), np.zeros(b.shape)
    for n in range(len(rows)):
        dx[n] = w @ dout[n]
        dw[:] = np.outer(rows[n], dout[n])
        db[:] = dout[n]
    return dx.reshape(x.shape), dw, db
