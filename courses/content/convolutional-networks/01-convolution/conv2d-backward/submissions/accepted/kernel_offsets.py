import numpy as np


def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    oh, ow = dout.shape[2:]
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
    for u in range(w.shape[2]):
        for v in range(w.shape[3]):
            offset = np.s_[:, :, u : u + stride * oh : stride, v : v + stride * ow : stride]
            dw[:, :, u, v] = np.einsum("nfij,ncij->fc", dout, padded[offset])
            dpadded[offset] += np.einsum("nfij,fc->ncij", dout, w[:, :, u, v])
    dx = dpadded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    return dx, dw, dout.sum(axis=(0, 2, 3))
