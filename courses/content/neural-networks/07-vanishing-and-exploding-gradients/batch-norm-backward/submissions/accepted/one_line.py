import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    centred = x - x.mean(axis=0)
    root = np.sqrt((centred**2).mean(axis=0) + eps)
    xhat = centred / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dx = gamma / root * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta
