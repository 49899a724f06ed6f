"""You spread each gradient evenly over its window: that is the way back through average pooling. If a pixel that is not the largest grows a little, does the maximum?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + size)
            columns = slice(j * stride, j * stride + size)
            dx[:, :, rows, columns] += dout[:, :, i, j][:, :, None, None] / size**2
    return dx
