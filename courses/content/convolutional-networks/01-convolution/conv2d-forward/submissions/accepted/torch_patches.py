# backend: torch
import torch


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = torch.nn.functional.pad(x, (padding, padding, padding, padding))
    kh, kw = w.shape[2:]
    rows = []
    for top in range(0, x.shape[2] - kh + 1, stride):
        row = []
        for left in range(0, x.shape[3] - kw + 1, stride):
            patch = x[:, None, :, top : top + kh, left : left + kw]
            row.append((patch * w).sum(dim=(2, 3, 4)) + b)
        rows.append(torch.stack(row, dim=-1))
    return torch.stack(rows, dim=2)
