# backend: torch
import torch


def max_pool_backward(dout, x, size, stride):
    leaf = x.detach().double().requires_grad_()
    out = torch.nn.MaxPool2d(size, stride)(leaf)
    (dx,) = torch.autograd.grad(out, leaf, grad_outputs=dout.double())
    return dx
