def max_pool_backward(dout, x, size, stride):
    """Carry the gradient of a loss back through max pooling.

    dout: (N, C, OH, OW)   gradient of the loss with respect to the layer's output
    x: (N, C, H, W)        images, as given to the forward pass
    size: int              rows and columns of a window
    stride: int            windows overlap where it is less than size
    Returns dx, with the shape of x.
    """
    raise NotImplementedError("max_pool_backward")
