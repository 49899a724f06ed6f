import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    oh, ow = dout.shape[2:]
    h, width = x.shape[2:]
    kh, kw = w.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)).astype(float)
    rows = stride * np.arange(oh)[:, None, None, None] + np.arange(kh)[:, None]
    columns = stride * np.arange(ow)[:, None, None] + np.arange(kw)
    patches = padded[:, :, rows, columns]  # (n, c, oh, ow, kh, kw)
    dw = np.tensordot(dout, patches, axes=((0, 2, 3), (0, 2, 3)))
    shares = np.tensordot(dout, w, axes=(1, 0)).transpose(0, 3, 1, 2, 4, 5)
    grown = np.zeros_like(padded)
    np.add.at(grown, (slice(None), slice(None), rows, columns), shares)
    dx = grown[:, :, padding : padding + h, padding : padding + width]
    return {"dx": dx, "dw": dw, "db": dout.sum((0, 2, 3))}
