import numpy as np


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    m = x.shape[0]
    mean, var = np.mean(x, 0), np.var(x, 0)
    dx_hat = dout * gamma
    d_var = (dx_hat * (x - mean)).sum(0) * -0.5 * (var + eps) ** -1.5
    d_mean = (dx_hat * -1 / np.sqrt(var + eps)).sum(0) + d_var * (-2 * (x - mean)).sum(0) / m
    dx = dx_hat / np.sqrt(var + eps) + d_var * 2 * (x - mean) / m + d_mean / m
    d_gamma = (dout * (x - mean) / np.sqrt(var + eps)).sum(0)
    return {"dx": dx, "dgamma": d_gamma, "dbeta": dout.sum(0)}
