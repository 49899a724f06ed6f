import numpy as np


def max_pool_backward(dout, x, size, stride):
    oh, ow = dout.shape[2:]
    dx = np.zeros(x.shape, dtype=np.float64)
    for i in range(oh):
        for j in range(ow):
            window = np.s_[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            rows = x[window].reshape(*x.shape[:2], -1)
            is_max = rows == rows.max(axis=-1, keepdims=True)
            first = is_max & (np.cumsum(is_max, axis=-1) == 1)
            dx[window] += first.reshape(x[window].shape) * dout[:, :, i, j, None, None]
    return dx
