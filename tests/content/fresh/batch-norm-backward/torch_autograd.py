# backend: torch
import torch


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    x, gamma, beta = (t.detach().double().requires_grad_() for t in (x, gamma, beta))
    mean, var = x.mean(dim=0), x.var(dim=0, correction=0)
    out = (x - mean) * torch.rsqrt(var + eps) * gamma + beta
    return torch.autograd.grad(out, (x, gamma, beta), dout.double())
