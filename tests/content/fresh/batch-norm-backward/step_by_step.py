import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    N = len(x)
    mu = x.mean(axis=0)
    centred = x - mu
    var = np.mean(centred**2, axis=0)
    root = np.sqrt(var + eps)
    inverse = 1 / root
    xhat = centred * inverse

    dbeta = dout.sum(axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    dinverse = np.sum(dxhat * centred, axis=0)
    dcentred = dxhat * inverse
    droot = -dinverse / root**2
    dvar = 0.5 * droot / root
    dcentred = dcentred + 2 / N * centred * dvar
    dmu = -dcentred.sum(axis=0)
    dx = dcentred + dmu / N
    return dx, dgamma, dbeta
