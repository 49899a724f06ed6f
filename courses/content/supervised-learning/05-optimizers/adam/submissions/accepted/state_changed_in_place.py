import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if "m" not in state:
        state.update(t=0, m=np.zeros_like(w, dtype=float), v=np.zeros_like(w, dtype=float))
    state["t"] += 1
    m, v = state["m"], state["v"]
    m += (1 - beta1) * (grad - m)
    v += (1 - beta2) * (grad * grad - v)
    step = m / (1 - beta1 ** state["t"]) / (eps + (v / (1 - beta2 ** state["t"])) ** 0.5)
    return w - lr * step, state
