# backend: torch
"""You put the zeros above and to the left of the image, but not below and to the right. How much larger does a padding of 1 make each side?"""

import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = x.to(w.dtype)
    return F.conv2d(F.pad(x, (padding, 0, padding, 0)), w, b, stride=stride)
