# backend: torch
from torch.nn import grad


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    dx = grad.conv2d_input(x.shape, w, dout, stride=stride, padding=padding)
    dw = grad.conv2d_weight(x.to(dout.dtype), w.shape, dout, stride=stride, padding=padding)
    return {"dx": dx, "dw": dw, "db": dout.sum((0, 2, 3))}
