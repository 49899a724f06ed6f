"""You wrote 0.9 and 0.999 into the formulas. What does your function do when it is called with other betas?"""

import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state.get("t", 0) + 1
    m = 0.9 * state.get("m", 0.0) + (1 - 0.9) * grad
    v = 0.999 * state.get("v", 0.0) + (1 - 0.999) * grad**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    w = w - lr * m_hat / (np.sqrt(v_hat) + eps)
    return w, {"t": t, "m": m, "v": v}
