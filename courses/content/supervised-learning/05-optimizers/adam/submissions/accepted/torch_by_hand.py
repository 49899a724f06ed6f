# backend: torch
import torch


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    w, grad = w.double(), grad.double()
    t = state.get("t", 0) + 1
    m = state.get("m", torch.zeros_like(grad)) * beta1 + grad * (1 - beta1)
    v = state.get("v", torch.zeros_like(grad)) * beta2 + grad**2 * (1 - beta2)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - lr * m_hat / (v_hat.sqrt() + eps), {"t": t, "m": m, "v": v}
