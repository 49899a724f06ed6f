import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    """The whole Jacobian of each feature: (I - 1/N - xhat xhat^T / N) / root."""
    n, features = x.shape
    dx = np.empty((n, features))
    dgamma = np.empty(features)
    for d in range(features):
        root = np.sqrt(np.var(x[:, d]) + eps)
        xhat = (x[:, d] - np.mean(x[:, d])) / root
        jacobian = (np.eye(n) - 1 / n - np.outer(xhat, xhat) / n) / root
        dx[:, d] = gamma[d] * jacobian.T @ dout[:, d]
        dgamma[d] = xhat @ dout[:, d]
    return dx, dgamma, np.ones(n) @ dout
