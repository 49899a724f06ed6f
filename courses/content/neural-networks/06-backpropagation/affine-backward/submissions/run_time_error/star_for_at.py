def affine_backward(dout, x, w, b):
    rows = x.reshape(x.shape[0], -1)
    dx = dout * w.T
    return dx.reshape(x.shape), rows.T * dout, dout.sum(axis=0)
