import numpy as np


def affine_backward(dout, x, w, b):
    flat = x.reshape(x.shape[0], -1)
    dx = np.einsum("nm,dm->nd", dout, w)
    dw = np.einsum("nd,nm->dm", flat, dout)
    db = np.einsum("nm->m", dout)
    return dx.reshape(x.shape), dw, db
