"""You looked for one winner among all channels of a window. How many outputs does a window have when the image has three channels?"""

import numpy as np


def max_pool_backward(dout, x, size, stride):
    dx = np.zeros(x.shape)
    for n in range(x.shape[0]):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                top, left = i * stride, j * stride
                window = x[n, :, top : top + size, left : left + size]
                place = np.argmax(window.max(axis=0))
                dx[n, :, top + place // size, left + place % size] += dout[n, :, i, j]
    return dx
