import numpy as np


def max_pool_backward(dout, x, size, stride):
    n, c = x.shape[:2]
    oh, ow = dout.shape[2:]
    flat = np.arange(x.size).reshape(x.shape)
    views = [
        np.lib.stride_tricks.sliding_window_view(a, (size, size), axis=(2, 3))[:, :, ::stride, ::stride][:, :, :oh, :ow]
        for a in (x, flat)
    ]
    values, places = (view.reshape(n, c, oh, ow, size * size) for view in views)
    winners = np.take_along_axis(places, values.argmax(axis=-1)[..., None], axis=-1)
    return np.bincount(winners.ravel(), weights=dout.ravel(), minlength=x.size).reshape(x.shape)
