def affine_backward(dout, x, w, b):
    rows = x.flatten(1).double()
    return (dout @ w.T).reshape(x.shape), dout.T @ rows, dout.sum(dim=0)
