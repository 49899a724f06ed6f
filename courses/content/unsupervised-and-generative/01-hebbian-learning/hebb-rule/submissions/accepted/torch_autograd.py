# backend: torch
import torch


def hebb_update(w, x, lr):
    w = w.detach().double().clone().requires_grad_()
    goodness = 0.5 * (x.double() @ w).square().mean()
    (slope,) = torch.autograd.grad(goodness, w)
    return (w + lr * slope).detach()
