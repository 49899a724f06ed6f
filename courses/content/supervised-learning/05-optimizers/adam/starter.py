def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam.

    w, grad: weights and gradient, arrays (or tensors) of one shape
    state: {} in the first step, later what the last step returned
    Returns (w, state): the new weights, and what the next step needs to know.
    """
    raise NotImplementedError("adam_step")
