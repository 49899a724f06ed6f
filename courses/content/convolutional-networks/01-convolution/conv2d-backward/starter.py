def conv2d_backward(dout, x, w, b, stride=1, padding=0):
    """Carry the gradient of a loss back through a convolution layer.

    dout: (N, F, OH, OW)   gradient of the loss with respect to the layer's output
    x: (N, C, H, W)        images, as given to the forward pass
    w: (F, C, KH, KW)      filters
    b: (F,)                one bias per filter
    Returns (dx, dw, db) with the shapes of x, w and b.
    """
    raise NotImplementedError("conv2d_backward")
