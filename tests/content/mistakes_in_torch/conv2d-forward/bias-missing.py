import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = x.to(w.dtype)
    return F.conv2d(x, w, stride=stride, padding=padding)
