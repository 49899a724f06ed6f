# backend: torch
from torch.nn import functional as F


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    leaves = [t.detach().double().clone().requires_grad_() for t in (x, w, b)]
    out = F.conv2d(*leaves, stride=stride, padding=padding)
    out.backward(dout.double())
    return tuple(leaf.grad for leaf in leaves)
