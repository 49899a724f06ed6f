import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    KH, KW = w.shape[2:]
    rows = []
    top = 0
    while top + KH <= x.shape[2]:
        row = []
        for left in range(0, x.shape[3] - KW + 1, stride):
            patch = x[:, None, :, top : top + KH, left : left + KW]
            row.append(np.sum(patch * w, axis=(2, 3, 4)) + b)
        rows = [np.stack(row, axis=-1)]
    return np.stack(rows, axis=2)
