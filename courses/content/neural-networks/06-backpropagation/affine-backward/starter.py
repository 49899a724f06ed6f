def affine_backward(dout, x, w, b):
    """Gradients through out = x @ w + b, each sample of x laid out in one row of length D.

    dout: (N, M)    derivative of the loss with respect to out
    x: (N, ...)     inputs, D numbers per sample
    w: (D, M)       weights
    b: (M,)         bias
    Returns (dx, dw, db), in the shapes of x, w and b.
    """
    raise NotImplementedError("affine_backward")
