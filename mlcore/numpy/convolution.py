"""Filters that slide over images. Images are NCHW: batch, channel, row, column."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray


def conv2d_forward(x: ArrayLike, w: ArrayLike, b: ArrayLike, stride: int = 1, padding: int = 0) -> NDArray[np.float64]:
    r"""Cross-correlate every image with every filter and add the filter's bias.

    out[n, f, i, j] = b[f] + Σ_{c, u, v} x̃[n, c, i·stride + u, j·stride + v] · w[f, c, u, v]

    where x̃ is x with `padding` zeros on all four sides. The kernel is not flipped.

    Parameters
    ----------
    x : array-like of shape (N, C, H, W)
    w : array-like of shape (F, C, KH, KW), no larger than the padded image
    b : array-like of shape (F,)
    stride : int >= 1, in both directions
    padding : int >= 0, on all sides

    Returns
    -------
    array of shape (N, F, OH, OW), OH = (H + 2·padding − KH) // stride + 1 and OW alike

    References
    ----------
    Goodfellow, Bengio, Courville, Deep Learning (2016), eq. 9.6; Dumoulin and Visin,
    A guide to convolution arithmetic for deep learning (2016), relationship 6.
    """
    x, w, b = (np.asarray(array, dtype=np.float64) for array in (x, w, b))
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out: NDArray[np.float64] = np.einsum("nchwuv,fcuv->nfhw", windows, w) + b[:, np.newaxis, np.newaxis]
    return out
