# backend: torch
"""You padded by half the kernel so that maps keep the size of the image, whatever padding was asked for. Which argument decides how many zeros there are?"""

import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    kh, kw = w.shape[2:]
    return F.conv2d(x.to(w.dtype), w, b, stride=stride, padding=(kh // 2, kw // 2))
