# backend: torch
import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    n, _, height, width = x.shape
    f, _, kh, kw = w.shape
    oh = (height + 2 * padding - kh) // stride + 1
    ow = (width + 2 * padding - kw) // stride + 1
    columns = F.unfold(x.double(), (kh, kw), padding=padding, stride=stride)  # (N, C*KH*KW, OH*OW)
    out = w.reshape(f, -1) @ columns + b[:, None]
    return out.reshape(n, f, oh, ow)
