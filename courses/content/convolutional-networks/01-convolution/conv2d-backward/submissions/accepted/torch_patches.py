# backend: torch
import torch
import torch.nn.functional as F


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    kh, kw = w.shape[2:]
    padded = F.pad(x, (padding,) * 4).double()
    dpadded, dw = torch.zeros_like(padded), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            here = (..., slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw))
            g = dout[:, :, i, j]
            dw += torch.einsum("nf,ncuv->fcuv", g, padded[here])
            dpadded[here] += torch.einsum("nf,fcuv->ncuv", g, w)
    h, width = x.shape[2:]
    return dpadded[:, :, padding : padding + h, padding : padding + width], dw, dout.sum(dim=(0, 2, 3))
