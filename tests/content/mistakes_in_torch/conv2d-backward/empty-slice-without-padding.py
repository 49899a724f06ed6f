import torch
import torch.nn.functional as F


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    kernel = w.shape[2:]
    padded = F.pad(x.double(), (padding,) * 4)
    columns = F.unfold(padded, kernel, stride=stride)
    flat = dout.flatten(2)
    dw = torch.einsum("nfl,nkl->fk", flat, columns).view(w.shape)
    dx = F.fold(w.flatten(1).T @ flat, padded.shape[2:], kernel, stride=stride)
    return dx[:, :, padding:-padding, padding:-padding], dw, flat.sum(dim=(0, 2))
