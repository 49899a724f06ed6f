# backend: torch
import torch


def affine_backward(dout, x, w, b):
    x, w, b = (tensor.detach().double().clone().requires_grad_() for tensor in (x, w, b))
    out = x.reshape(x.shape[0], -1) @ w + b
    return torch.autograd.grad(out, (x, w, b), grad_outputs=dout.double())
