"""Your dx has the direct path and the one through the variance, but none through the mean. What should the sum of dx over the batch be, if shifting all samples changes no output?"""

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
    dvar = np.sum(dxhat * (x - mean), axis=0) * -0.5 * (var + eps) ** -1.5
    dx = dxhat / root + dvar * 2 * (x - mean) / N
    return dx, dgamma, dbeta
