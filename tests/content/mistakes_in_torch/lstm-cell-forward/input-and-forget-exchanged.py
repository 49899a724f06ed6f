import torch


def lstm_cell_forward(x, h, c, params):
    a = {name: x @ p["wx"] + h @ p["wh"] + p["b"] for name, p in params.items()}
    c = torch.sigmoid(a["i"]) * c + torch.sigmoid(a["f"]) * torch.tanh(a["g"])
    return torch.sigmoid(a["o"]) * torch.tanh(c), c
