def affine_backward(dout, x, w, b):
    rows = x.reshape(len(x), -1)
    dx = (dout @ w.T).reshape(x.shape)
    return dx, rows.T @ dout, dout.sum(axis=0)
