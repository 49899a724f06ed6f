import torch


def lstm_cell_forward(x, h, c, params):
    i, f, g, o = [x @ p["wx"] + h @ p["wh"] + p["b"] for p in params.values()]
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c
