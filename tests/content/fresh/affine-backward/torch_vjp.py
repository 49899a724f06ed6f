# backend: torch
import torch


def affine_backward(dout, x, w, b):
    def layer(x, w, b):
        return torch.flatten(x, start_dim=1) @ w + b

    inputs = tuple(tensor.double() for tensor in (x, w, b))
    _, gradients = torch.autograd.functional.vjp(layer, inputs, dout.double())
    return gradients
