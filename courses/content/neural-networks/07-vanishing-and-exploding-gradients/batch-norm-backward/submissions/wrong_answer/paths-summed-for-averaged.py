"""You sent the whole gradient of mean and variance to each sample. How much does a mean over N samples move when one of them moves by 1?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    var = x.var(axis=0)
    root = np.sqrt(var + eps)
    xhat = (x - mean) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    dvar = np.sum(dxhat * (x - mean), axis=0) * -0.5 * (var + eps) ** -1.5
    dmean = np.sum(-dxhat / root, axis=0)
    dx = dxhat / root + dvar * 2 * (x - mean) + dmean
    return dx, dgamma, dbeta
