import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    N, D = x.shape
    dx, dgamma, dbeta = np.empty((N, D)), np.empty(D), np.empty(D)
    for d in range(D):
        column = x[:, d] - np.mean(x[:, d])
        s = np.sqrt(column @ column / N + eps)
        xhat = column / s
        jacobian = (np.identity(N) - 1 / N - np.outer(xhat, xhat) / N) / s
        dx[:, d] = gamma[d] * jacobian.T @ dout[:, d]
        dgamma[d] = xhat @ dout[:, d]
        dbeta[d] = np.sum(dout[:, d])
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}
