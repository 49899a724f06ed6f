import numpy as np


def max_pool_backward(dout, x, size, stride):
    n, c = x.shape[:2]
    _, _, oh, ow = dout.shape
    numbers = np.arange(x.size).reshape(x.shape)
    winners = np.empty(dout.shape, dtype=int)
    for i in range(oh):
        for j in range(ow):
            part = np.s_[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            flat = x[part].reshape(n, c, -1)
            place = np.argmax(flat, axis=2)[..., None]
            winners[:, :, i, j] = np.take_along_axis(numbers[part].reshape(n, c, -1), place, axis=2)[..., 0]
    return np.bincount(winners.ravel(), weights=dout.ravel(), minlength=x.size).reshape(x.shape)
