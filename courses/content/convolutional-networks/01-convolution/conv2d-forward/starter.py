def conv2d_forward(x, w, b, stride=1, padding=0):
    """Cross-correlate images with filters.

    x: (N, C, H, W)     images
    w: (F, C, KH, KW)   filters
    b: (F,)             one bias per filter
    Returns (N, F, OH, OW), where
    OH = (H + 2 * padding - KH) // stride + 1, and OW alike.
    """
    raise NotImplementedError("conv2d_forward")
