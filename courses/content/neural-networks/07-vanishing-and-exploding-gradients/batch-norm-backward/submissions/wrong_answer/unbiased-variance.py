"""You divided the variance by N - 1. By what does the task divide it?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    N = x.shape[0]
    centred = x - x.mean(axis=0)
    root = np.sqrt((centred**2).sum(axis=0) / max(N - 1, 1) + eps)
    xhat = centred / root
    dgamma = (dout * xhat).sum(axis=0)
    dx = gamma / root * (dout - dout.mean(axis=0) - xhat * dgamma / max(N - 1, 1))
    return dx, dgamma, dout.sum(axis=0)
