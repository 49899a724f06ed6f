# Needs the tolerance of float32.
import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    dout, x, gamma = dout.astype(np.float32), x.astype(np.float32), gamma.astype(np.float32)
    centred = x - x.mean(axis=0)
    inverse = 1 / np.sqrt(np.mean(centred * centred, axis=0) + np.float32(eps))
    xhat = centred * inverse
    g = dout * gamma
    dx = inverse * (g - g.mean(axis=0) - xhat * (g * xhat).mean(axis=0))
    return dx, (dout * xhat).sum(axis=0), dout.sum(axis=0)
