# backend: torch
import torch


def numerical_gradient(f, x, eps=1e-5):
    x = x.double()
    grad = torch.zeros(x.numel(), dtype=torch.float64)
    for k in range(x.numel()):
        hi, lo = x.clone().flatten(), x.clone().flatten()
        hi[k] += eps
        lo[k] -= eps
        grad[k] = (f(hi.reshape(x.shape)) - f(lo.reshape(x.shape))) / (2 * eps)
    return grad.reshape(x.shape)
