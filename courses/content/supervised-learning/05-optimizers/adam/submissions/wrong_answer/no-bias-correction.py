"""You used the running means as they are, without the corrections for their start at 0. How large is m after the first step, compared with the gradient?"""

import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = beta1 * state.get("m", 0.0) + (1 - beta1) * grad
    v = beta2 * state.get("v", 0.0) + (1 - beta2) * grad**2
    w = w - lr * m / (np.sqrt(v) + eps)
    return w, {"t": t, "m": m, "v": v}
