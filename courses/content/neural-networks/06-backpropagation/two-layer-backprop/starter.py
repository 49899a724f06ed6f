def two_layer_backprop(x, labels, w1, b1, w2, b2):
    """Loss of a network of two layers, and its gradients.

    z = x @ w1 + b1, h = max(0, z), logits = h @ w2 + b2,
    loss = mean over the samples of the softmax cross-entropy of logits and labels.

    x: (N, D)      labels: (N,), integers from 0 to C - 1
    w1: (D, H)     b1: (H,)
    w2: (H, C)     b2: (C,)
    Returns a dict with the keys loss, dw1, db1, dw2 and db2.
    """
    raise NotImplementedError("two_layer_backprop")
