# backend: torch
import torch


def adam_step(w, grad, state, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    parameter = torch.nn.Parameter(w.detach().double().clone())
    optimizer = torch.optim.Adam([parameter], lr=lr, betas=(beta1, beta2), eps=eps)
    if state:
        optimizer.state[parameter] = state["of_torch"]
    parameter.grad = grad.detach().double().clone()
    optimizer.step()
    return parameter.detach(), {"of_torch": optimizer.state[parameter]}
