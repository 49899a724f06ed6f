# backend: torch
import torch


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    variance, mean = torch.var_mean(x.to(dout), dim=0, correction=0)
    inverse = torch.rsqrt(variance + eps)
    xhat = (x - mean) * inverse
    dgamma = torch.einsum("nd,nd->d", dout, xhat)
    dx = gamma * inverse * (dout - dout.mean(0) - xhat * dgamma / x.shape[0])
    return {"dgamma": dgamma, "dbeta": dout.sum(0), "dx": dx}
