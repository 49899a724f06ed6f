import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = x.to(w.dtype)
    return F.conv2d(F.pad(x, (padding, 0, padding, 0)), w, b, stride=stride)
