"""You shared the gradient evenly among equal maxima. Which of them does the task say wins?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + size)
            columns = slice(j * stride, j * stride + size)
            window = x[:, :, rows, columns]
            mask = window == window.max(axis=(2, 3), keepdims=True)
            mask = mask / mask.sum(axis=(2, 3), keepdims=True)
            dx[:, :, rows, columns] += mask * dout[:, :, i, j][:, :, None, None]
    return dx
