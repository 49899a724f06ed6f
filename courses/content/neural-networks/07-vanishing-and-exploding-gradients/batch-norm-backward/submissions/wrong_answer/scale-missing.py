"""You carried dout past the scale as if gamma were 1. How fast does the output grow with the normalised input?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    root = np.sqrt(x.var(axis=0) + eps)
    xhat = (x - x.mean(axis=0)) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dx = 1 / root * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta
