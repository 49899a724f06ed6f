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


def conv2d_backward(
    dout: ArrayLike,
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike,  # noqa: ARG001 -- one signature with the forward pass; no slope depends on b
    stride: int = 1,
    padding: int = 0,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    r"""Return a loss's gradients with respect to x, w and b, given `dout`, that with respect to the output.

    dw[f, c, u, v] = Σ_{n, i, j} dout[n, f, i, j] · x̃[n, c, i·stride + u, j·stride + v]
    db[f]          = Σ_{n, i, j} dout[n, f, i, j]
    dx̃[n, c, p, q] = Σ dout[n, f, i, j] · w[f, c, u, v]  over all f, i, j, u, v with
                     i·stride + u = p and j·stride + v = q; dx is dx̃ without the padding

    Parameters
    ----------
    dout : array-like of shape (N, F, OH, OW), as `conv2d_forward` returns it
    x, w, b, stride, padding : as given to `conv2d_forward`

    Returns
    -------
    dx, dw, db : arrays of the shapes of x, w and b

    References
    ----------
    Goodfellow, Bengio, Courville, Deep Learning (2016), section 9.5; Dumoulin and Visin,
    A guide to convolution arithmetic for deep learning (2016), chapter 4.
    """
    dout, x, w = (np.asarray(array, dtype=np.float64) for array in (dout, x, w))
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(padded, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    dw: NDArray[np.float64] = np.einsum("nfhw,nchwuv->fcuv", dout, windows)
    dpadded = np.zeros_like(padded)
    dwindows = sliding_window_view(dpadded, w.shape[2:], axis=(2, 3), writeable=True)[:, :, ::stride, ::stride]
    for u, v in np.ndindex(*w.shape[2:]):  # pixel (u, v) of all windows at once: no two of them are the same
        dwindows[..., u, v] += np.einsum("nfhw,fc->nchw", dout, w[:, :, u, v])
    dx = dpadded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dout.sum(axis=(0, 2, 3))
