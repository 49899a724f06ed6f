import numpy as np


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """As in section 2 of the paper: one scalar step size, and eps scaled to match."""
    if not state:
        state.update(step=0, first=np.zeros(np.shape(w)), second=np.zeros(np.shape(w)))
    state["step"] += 1
    state["first"] += (1 - beta1) * (grad - state["first"])
    state["second"] += (1 - beta2) * (np.square(grad) - state["second"])
    root = np.sqrt(1 - beta2 ** state["step"])
    alpha = lr * root / (1 - beta1 ** state["step"])
    return w - alpha * state["first"] / (np.sqrt(state["second"]) + eps * root), state
