"""Your dx has the direct path and the one through the mean, but none through the variance. If the outermost sample moves further out, what happens to all the other outputs?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    N = x.shape[0]
    mean = x.mean(axis=0)
    var = x.var(axis=0)
    root = np.sqrt(var + eps)
    xhat = (x - mean) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    dmean = np.sum(-dxhat / root, axis=0)
    dx = dxhat / root + dmean / N
    return dx, dgamma, dbeta
