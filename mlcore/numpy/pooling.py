"""Maps made smaller by what is under a moving window. Images are NCHW: batch, channel, row, column."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray


def max_pool_forward(x: ArrayLike, size: int, stride: int) -> NDArray[np.float64]:
    r"""Return the largest value in every window of every channel.

    out[n, c, i, j] = max_{u, v < size} x[n, c, i·stride + u, j·stride + v]

    Parameters
    ----------
    x : array-like of shape (N, C, H, W)
    size : int >= 1, rows and columns of a window, no larger than the image
    stride : int >= 1, in both directions; windows overlap where it is less than `size`

    Returns
    -------
    array of shape (N, C, OH, OW), OH = (H − size) // stride + 1 and OW alike; rows and columns left over count nowhere

    References
    ----------
    Goodfellow, Bengio, Courville, Deep Learning (2016), section 9.3.
    """
    out: NDArray[np.float64] = _windows(x, size, stride).max(axis=(4, 5))
    return out


def max_pool_backward(dout: ArrayLike, x: ArrayLike, size: int, stride: int) -> NDArray[np.float64]:
    r"""Return a loss's gradient with respect to x, given `dout`, that with respect to the output.

    dx[n, c, p, q] = Σ dout[n, c, i, j] over all windows (i, j) whose maximum is the pixel (p, q).
    Of equal maxima the first in the window counts, row by row.

    Parameters
    ----------
    dout : array-like of shape (N, C, OH, OW), as `max_pool_forward` returns it
    x, size, stride : as given to `max_pool_forward`

    Returns
    -------
    array of the shape of x

    References
    ----------
    Scherer, Müller, Behnke, Evaluation of pooling operations in convolutional architectures
    for object recognition (2010), section 3.
    """
    windows = _windows(x, size, stride)
    place = windows.reshape(*windows.shape[:4], -1).argmax(axis=-1)  # (N, C, OH, OW), of the first maximum
    n, c, i, j = np.indices(place.shape)
    dx = np.zeros(np.shape(x))
    np.add.at(dx, (n, c, i * stride + place // size, j * stride + place % size), dout)
    return dx


def _windows(x: ArrayLike, size: int, stride: int) -> NDArray[np.float64]:
    """Return a view of shape (N, C, OH, OW, size, size)."""
    x = np.asarray(x, dtype=np.float64)
    return sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
