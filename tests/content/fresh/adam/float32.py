# Needs the tolerance of float32.
import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, g = np.asarray(w, dtype=np.float32), np.asarray(grad, dtype=np.float32)
    t, m, v = state.get("tmv", (0, np.float32(0), np.float32(0)))
    t, m, v = t + 1, np.float32(beta1) * m + np.float32(1 - beta1) * g, np.float32(beta2) * v + np.float32(1 - beta2) * g * g
    step = (m / np.float32(1 - beta1**t)) / (np.sqrt(v / np.float32(1 - beta2**t)) + np.float32(eps))
    return w - np.float32(lr) * step, {"tmv": (t, m, v)}
