"""You took the gradient with respect to the variance as that with respect to the root, without the derivative of the square root. How fast does a root grow with what stands under it?"""

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
    dvar = np.sum(dxhat * (x - mean), axis=0) * -1 / (var + eps)
    dmean = np.sum(-dxhat / root, axis=0)
    dx = dxhat / root + dvar * 2 * (x - mean) / N + dmean / N
    return dx, dgamma, dbeta
