"""You took the mean over the samples for the bias, but the sum for the weights. If the bias goes up by a little, how many samples' outputs go up with it?"""

import numpy as np


def affine_backward(dout, x, w, b):
    rows = x.reshape(x.shape[0], -1)
    dx = np.dot(dout, w.T).reshape(x.shape)
    dw = np.dot(rows.T, dout)
    db = np.mean(dout, axis=0)
    return dx, dw, db
