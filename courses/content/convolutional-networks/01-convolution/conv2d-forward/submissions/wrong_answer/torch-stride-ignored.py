# backend: torch
"""You moved the window by one pixel whatever the stride. How many positions are left in a row of 6 for a kernel of 2 that moves by 2?"""

import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = x.to(w.dtype)
    return F.conv2d(x, w, b, padding=padding)
