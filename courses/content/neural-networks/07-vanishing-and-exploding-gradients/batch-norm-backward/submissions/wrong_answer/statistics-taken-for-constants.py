"""You treated mean and variance as fixed numbers. If one sample changes, what happens to the mean of its batch?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0)
    var = x.var(axis=0)
    root = np.sqrt(var + eps)
    xhat = (x - mean) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dxhat = dout * gamma
    dx = dxhat / root
    return dx, dgamma, dbeta
