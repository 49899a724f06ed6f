"""You kept the means in arrays of the dtype of w, which cuts their fractions off where w holds integers. What does np.zeros_like take over from its argument?"""

import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = state.get("m", np.zeros_like(w)), state.get("v", np.zeros_like(w))
    t = state.get("t", 0) + 1
    m[...] = beta1 * m + (1 - beta1) * grad
    v[...] = beta2 * v + (1 - beta2) * grad**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w, {"t": t, "m": m, "v": v}
