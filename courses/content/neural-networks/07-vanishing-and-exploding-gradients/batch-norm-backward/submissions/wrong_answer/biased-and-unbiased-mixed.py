"""You normalised with a variance divided by N - 1 and differentiated one divided by N. Which of the two was in the forward pass?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    root = np.sqrt(x.var(axis=0, ddof=min(1, len(x) - 1)) + eps)
    xhat = (x - x.mean(axis=0)) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dx = gamma / root * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta
