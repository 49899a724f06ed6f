def stable_sigmoid(x):
    """1 / (1 + exp(-x)), elementwise, exact in both tails and without overflow.

    x: array (or tensor) of any shape; it may hold integers and infinities
    Returns an array of the shape of x, float64.
    """
    raise NotImplementedError("stable_sigmoid")
