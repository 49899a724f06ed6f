import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    # The running means as the weighted sums that they are, over all gradients so far.
    grads = [*state.get("grads", []), np.array(grad, dtype=np.float64)]
    ages = np.arange(len(grads))[::-1]
    stack = np.stack(grads)
    m = np.tensordot(beta1**ages / np.sum(beta1**ages), stack, axes=1)
    v = np.tensordot(beta2**ages / np.sum(beta2**ages), stack**2, axes=1)
    return w - lr * m / (np.sqrt(v) + eps), {"grads": grads}
