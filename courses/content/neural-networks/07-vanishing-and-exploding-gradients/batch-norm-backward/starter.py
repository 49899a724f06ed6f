def batch_norm_backward(dout, x, gamma, beta, eps=1e-5):
    """Carry the gradient of a loss back through batch normalisation, in training mode.

    dout: (N, D)    gradient of the loss with respect to the layer's output
    x: (N, D)       batch of N samples, as given to the forward pass
    gamma: (D,)     scale of each feature
    beta: (D,)      shift of each feature
    Returns (dx, dgamma, dbeta) with the shapes of x, gamma and beta.
    """
    raise NotImplementedError("batch_norm_backward")
