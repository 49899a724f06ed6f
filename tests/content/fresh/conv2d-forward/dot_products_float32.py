# Needs the tolerance of float32.
import numpy as np


class Convolution:
    def __init__(self, w, b, stride, padding):
        self.w, self.b = w.astype(np.float32), b.astype(np.float32)
        self.stride, self.padding = stride, padding

    def positions(self, size, kernel):
        return range(0, size + 2 * self.padding - kernel + 1, self.stride)

    def __call__(self, x):
        kh, kw = self.w.shape[2:]
        p = self.padding
        rows, columns = self.positions(x.shape[2], kh), self.positions(x.shape[3], kw)
        x = np.pad(x.astype(np.float32), [(0, 0), (0, 0), (p, p), (p, p)])
        out = np.empty((len(x), len(self.w), len(rows), len(columns)), dtype=np.float32)
        for i, top in enumerate(rows):
            for j, left in enumerate(columns):
                patch = x[:, :, top : top + kh, left : left + kw]
                out[:, :, i, j] = np.tensordot(patch, self.w, axes=[(1, 2, 3), (1, 2, 3)]) + self.b
        return out


def conv2d_forward(x, w, b, stride=1, padding=0):
    return Convolution(w, b, stride, padding)(x)
