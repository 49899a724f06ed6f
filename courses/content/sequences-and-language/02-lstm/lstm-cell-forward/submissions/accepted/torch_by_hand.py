# backend: torch
import torch


def lstm_cell_forward(x, h, c, params):
    a = {name: torch.addmm(p["b"], x, p["wx"]) + h @ p["wh"] for name, p in params.items()}
    c = torch.sigmoid(a["f"]) * c + torch.sigmoid(a["i"]) * torch.tanh(a["g"])
    h = torch.sigmoid(a["o"]) * torch.tanh(c)
    return h, c
