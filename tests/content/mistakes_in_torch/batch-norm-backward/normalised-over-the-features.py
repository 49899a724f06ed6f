import torch
from torch.nn import functional


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    x, gamma, beta = (t.double().requires_grad_() for t in (x, gamma, beta))
    out = functional.layer_norm(x, x.shape[1:], gamma, beta, eps)
    return torch.autograd.grad(out, (x, gamma, beta), dout)
