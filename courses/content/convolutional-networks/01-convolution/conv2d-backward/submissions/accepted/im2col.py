import numpy as np


def im2col_indices(c, kh, kw, oh, ow, stride):
    """Channel, row and column of each entry of the matrix of patches, (C*KH*KW, OH*OW)."""
    channel = np.repeat(np.arange(c), kh * kw)[:, None]
    row = np.tile(np.repeat(np.arange(kh), kw), c)[:, None] + stride * np.repeat(np.arange(oh), ow)
    column = np.tile(np.arange(kw), kh * c)[:, None] + stride * np.tile(np.arange(ow), oh)
    return channel, row, column


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    n, c, h, width = x.shape
    f, _, kh, kw = w.shape
    oh, ow = dout.shape[2:]
    x_padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    where = im2col_indices(c, kh, kw, oh, ow, stride)
    columns = x_padded[(slice(None), *where)]  # (N, C*KH*KW, OH*OW)
    dout_rows = dout.reshape(n, f, -1)
    dw = (dout_rows @ columns.transpose(0, 2, 1)).sum(axis=0).reshape(w.shape)
    dcolumns = w.reshape(f, -1).T @ dout_rows
    dx_padded = np.zeros(x_padded.shape)
    np.add.at(dx_padded, (slice(None), *where), dcolumns)
    dx = dx_padded[:, :, padding : h + padding, padding : width + padding]
    return dx, dw, dout_rows.sum(axis=(0, 2))
