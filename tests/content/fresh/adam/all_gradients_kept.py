import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """The moments as weighted means of all gradients so far; the weights add up to 1, which is the correction."""
    past = [*state.get("past", []), np.array(grad, dtype=float)]
    age = np.arange(len(past))[::-1]
    g = np.stack(past)
    first, second = (np.tensordot(b**age / np.sum(b**age), g**k, axes=1) for b, k in ((beta1, 1), (beta2, 2)))
    return w - lr * first / (second**0.5 + eps), {"past": past}
