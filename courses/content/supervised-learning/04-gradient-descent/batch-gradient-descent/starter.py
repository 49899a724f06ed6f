def batch_gradient_descent(X, y, theta, lr, steps):
    """Steps down Q(theta) = 1/(2N) sum((X theta - y)^2), all samples in every step.

    X: (N, D) samples, y: (N,) targets, theta: (D,) where to start (arrays or tensors)
    lr: learning rate, steps: number of steps
    Returns theta after the last step, (D,).
    """
    raise NotImplementedError("batch_gradient_descent")
