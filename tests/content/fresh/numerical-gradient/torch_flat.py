# backend: torch
import torch


def numerical_gradient(f, x, eps=1e-5):
    base = x.detach().to(torch.float64)
    grad = torch.zeros(base.numel(), dtype=torch.float64)
    for i in range(base.numel()):
        step = torch.zeros(base.numel(), dtype=torch.float64)
        step[i] = eps
        step = step.view(base.shape)
        grad[i] = (f(base + step) - f(base - step)) / (2 * eps)
    return grad.view(base.shape)
