# backend: torch
import torch
import torch.nn.functional as F


def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    x, gamma, beta = (t.detach().double().requires_grad_() for t in (x, gamma, beta))
    if len(x) == 1:  # F.batch_norm refuses a single sample
        out = gamma * (x - x.mean(0)) / torch.sqrt(x.var(0, unbiased=False) + eps) + beta
    else:
        out = F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    out.backward(dout)
    return x.grad, gamma.grad, beta.grad
