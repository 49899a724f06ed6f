# backend: torch
"""You slid the kernel over the bare image and left the padding out. Which pixels lie under a 3 × 3 kernel whose centre is on the image's corner?"""

import torch.nn.functional as F


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = x.to(w.dtype)
    return F.conv2d(x, w, b, stride=stride)
