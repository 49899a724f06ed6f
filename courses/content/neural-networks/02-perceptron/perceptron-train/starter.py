def perceptron_train(X, y, w, b, lr, epochs):
    """Rosenblatt's learning rule, sample by sample.

    X: (N, D)    samples
    y: (N,)      labels, 0 or 1
    w: (D,)      weights to start from
    b: float     bias to start from
    lr: float    learning rate
    epochs: int  passes over all samples, in the order given
    Returns (w, b).
    """
    raise NotImplementedError("perceptron_train")
