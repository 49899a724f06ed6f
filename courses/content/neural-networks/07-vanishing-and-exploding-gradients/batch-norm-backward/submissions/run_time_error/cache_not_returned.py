import numpy as np


def batch_norm_forward(x, gamma, beta, eps=1e-5):
    xmu = x - x.mean(axis=0)
    ivar = 1 / np.sqrt(x.var(axis=0) + eps)
    return gamma * xmu * ivar + beta


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    _, cache = batch_norm_forward(x, gamma, beta, eps)
    xmu, ivar = cache["xmu"], cache["ivar"]
    dxhat = dout * gamma
    dvar = np.sum(dxhat * xmu, axis=0) * -0.5 * ivar**3
    dmean = -np.sum(dxhat * ivar, axis=0)
    dx = dxhat * ivar + (2 * dvar * xmu + dmean) / len(x)
    return dx, np.sum(dout * xmu * ivar, axis=0), dout.sum(axis=0)
