def stable_softmax(logits, axis=-1):
    """Probabilities exp(z) / sum(exp(z)) along one axis, for logits of any size.

    logits: array (or tensor) of any shape, e.g. (K,), (N, K) or (N, K, H, W)
    axis: the axis along which the result sums to 1
    Returns an array of the shape of logits.
    """
    raise NotImplementedError("stable_softmax")
