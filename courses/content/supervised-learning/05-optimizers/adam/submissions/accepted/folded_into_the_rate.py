import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    state["t"] = state.get("t", 0) + 1
    state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * grad
    state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * grad**2
    rate = lr * np.sqrt(1 - beta2 ** state["t"]) / (1 - beta1 ** state["t"])
    return w - rate * state["m"] / (np.sqrt(state["v"]) + eps), state
