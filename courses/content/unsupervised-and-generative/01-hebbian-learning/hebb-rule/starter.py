def hebb_update(w, x, lr):
    """One step of Hebb's rule for a linear neuron.

    w: (D,)      weights
    x: (N, D)    a batch of inputs
    lr: float    learning rate
    Returns the new weights (D,); w stays as it is.
    """
    raise NotImplementedError("hebb_update")
