import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    dout, x, gamma = dout.astype(np.float32), x.astype(np.float32), gamma.astype(np.float32)
    N = np.float32(len(x))
    centred = x - np.einsum("nd->d", x) / N
    inverse = (np.einsum("nd,nd->d", centred, centred) / N + np.float32(eps)) ** -0.5
    xhat = centred * inverse
    dgamma = np.einsum("nd,nd->d", dout, xhat)
    dbeta = np.einsum("nd->d", dout)
    return gamma * inverse / N * (N * dout - xhat * dgamma - dbeta), dgamma, dbeta
