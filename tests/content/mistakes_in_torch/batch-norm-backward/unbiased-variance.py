import torch


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    x, gamma, beta = (t.double().requires_grad_() for t in (x, gamma, beta))
    centred = x - x.mean(dim=0)
    variance = (centred**2).sum(dim=0) / max(len(x) - 1, 1)
    out = gamma * centred / torch.sqrt(variance + eps) + beta
    return torch.autograd.grad(out, (x, gamma, beta), dout)
