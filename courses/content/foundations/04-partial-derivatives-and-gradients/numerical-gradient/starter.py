def numerical_gradient(f, x, eps=1e-5):
    """Central differences of f at x, one for each element of x.

    f: function of one array (or tensor) of the shape of x; returns one number
    x: array of any shape, e.g. (N,), (N, M) or (); it may hold integers
    eps: the step, to both sides
    Returns an array of the shape of x.
    """
    raise NotImplementedError("numerical_gradient")
