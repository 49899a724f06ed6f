def logistic_regression_fit(X, y, w, b, lr, steps):
    """Steps down the mean log loss of p = sigmoid(X w + b), all samples in every step.

    X: (N, D) samples, y: (N,) labels 0 or 1, w: (D,) and b: a number, where to start
    lr: learning rate, steps: number of steps
    Returns (w, b) after the last step.
    """
    raise NotImplementedError("logistic_regression_fit")
