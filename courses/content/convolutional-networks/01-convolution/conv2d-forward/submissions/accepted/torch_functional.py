# backend: torch
import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    return F.conv2d(x.to(w.dtype), w, b, stride=stride, padding=padding)
