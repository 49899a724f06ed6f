# backend: torch
import torch


def max_pool_backward(dout, x, size, stride):
    n, c, h, w = x.shape
    flat = x.double().reshape(n * c, 1, h, w)
    columns = torch.nn.functional.unfold(flat, size, stride=stride)  # (n c, size size, L)
    winners = columns.argmax(dim=1, keepdim=True)
    shares = torch.zeros_like(columns).scatter_(1, winners, dout.double().reshape(n * c, 1, -1))
    return torch.nn.functional.fold(shares, (h, w), size, stride=stride).reshape(x.shape)
