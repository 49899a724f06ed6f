"""You laid the windows side by side, size pixels apart, whatever the stride. At which pixel does the second window begin?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    N, C, H, W = x.shape
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            if (i + 1) * size > H or (j + 1) * size > W:
                continue
            patch = x[:, :, i * size : (i + 1) * size, j * size : (j + 1) * size]
            place = patch.reshape(N, C, -1).argmax(axis=2)
            for n in range(N):
                for c in range(C):
                    dx[n, c, i * size + place[n, c] // size, j * size + place[n, c] % size] += dout[n, c, i, j]
    return dx
