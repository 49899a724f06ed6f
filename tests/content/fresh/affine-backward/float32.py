# Needs the tolerance of float32.
import numpy as np


def affine_backward(dout, x, w, b):
    dout, x, w = dout.astype("f4"), x.astype("f4"), w.astype("f4")
    axes = x.reshape(len(x), -1)
    return np.tensordot(dout, w, axes=(1, 1)).reshape(x.shape), np.tensordot(axes, dout, axes=(0, 0)), dout.sum(axis=0)
