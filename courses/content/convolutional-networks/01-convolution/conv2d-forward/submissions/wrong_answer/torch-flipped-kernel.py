# backend: torch
"""You turned the kernel by 180 degrees before sliding it: that is the convolution of signal processing. Which pixel of the window does the formula multiply with w[f, c, 0, 0]?"""

import torch
import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = x.to(w.dtype)
    return F.conv2d(x, torch.flip(w, dims=(2, 3)), b, stride=stride, padding=padding)
