"""You wrote 1e-5 into the code and never looked at the argument eps. What if it is 0.5?"""

import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    root = np.sqrt(x.var(axis=0) + 1e-5)
    xhat = (x - x.mean(axis=0)) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dx = gamma / root * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta
