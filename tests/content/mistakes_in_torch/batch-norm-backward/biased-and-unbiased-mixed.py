import torch


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    x = x.double()
    root = torch.sqrt(x.var(dim=0, correction=min(1, len(x) - 1)) + eps)
    xhat = (x - x.mean(dim=0)) / root
    dgamma = (dout * xhat).sum(dim=0)
    return gamma / root * (dout - dout.mean(dim=0) - xhat * dgamma / len(x)), dgamma, dout.sum(dim=0)
