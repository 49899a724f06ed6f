"""You took one mean and one variance over the whole array. How many means has a batch with D features?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    root = np.sqrt(np.var(x) + eps)
    xhat = (x - np.mean(x)) / root
    dxhat = dout * gamma
    dx = (dxhat - np.mean(dxhat) - xhat * np.mean(dxhat * xhat)) / root
    return dx, (dout * xhat).sum(axis=0), dout.sum(axis=0)
