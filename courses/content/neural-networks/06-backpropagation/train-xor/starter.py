def train(X, y, rng):
    """Fit a network to the data.

    X: (4, 2)   the corners of a square, in any order
    y: (4,)     their labels, 0 or 1
    rng         a NumPy Generator, the source of all that is random
    Returns a model: whatever your predict needs.
    """
    raise NotImplementedError("train")


def predict(model, X):
    """Labels, 0 or 1, of the points X, (M, 2).

    model       what train returned
    Returns (M,).
    """
    raise NotImplementedError("predict")
