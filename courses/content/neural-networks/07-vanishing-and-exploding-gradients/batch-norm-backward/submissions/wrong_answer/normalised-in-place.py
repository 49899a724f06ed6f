"""You normalised the array that was passed in. Who may still need x after your function returns?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    root = np.sqrt(x.var(axis=0) + eps)
    xhat = x if x.dtype == float else x.astype(float)
    xhat -= xhat.mean(axis=0)
    xhat /= root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dx = gamma / root * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta
