"""You added eps to the standard deviation. Where does it stand in the formula: outside the root or inside?"""


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    root = x.std(axis=0) + eps
    xhat = (x - x.mean(axis=0)) / root
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dx = gamma / root * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta
