def softmax_cross_entropy(logits, labels):
    """Mean cross-entropy of softmax(logits) with the right classes, and its gradient.

    logits: (N, C)   scores
    labels: (N,)     integers from 0 to C - 1
    Returns (loss, dlogits): a number, and the derivative of the loss with respect to logits, (N, C).
    """
    raise NotImplementedError("softmax_cross_entropy")
