import torch
import torch.nn.functional as F


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    x, w, b = (t.to(dout.dtype).requires_grad_() for t in (x, w, b))
    dx, dw, db = torch.autograd.grad(F.conv2d(x, w, b, stride, padding), (x, w, b), dout)
    return dx, dw / len(x), db / len(x)
