"""You multiplied dout by the layer's output instead of the normalised input for dgamma. What is gamma multiplied with in the forward pass?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    root = np.sqrt(x.var(axis=0) + eps)
    xhat = (x - x.mean(axis=0)) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * (gamma * xhat + beta)).sum(axis=0)
    dx = gamma / root * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta
