# backend: torch
import torch


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    if not state:
        state["w"] = w.detach().clone().double().requires_grad_()
        state["optimizer"] = torch.optim.Adam([state["w"]], lr=lr, betas=(beta1, beta2), eps=eps)
    state["w"].grad = grad.double().clone()
    state["optimizer"].step()
    return state["w"].detach().clone(), state
