# backend: torch
import torch
from torch import nn


def two_layer_backprop(x, labels, w1, b1, w2, b2):
    net = nn.Sequential(nn.Linear(*w1.shape), nn.ReLU(), nn.Linear(*w2.shape)).double()
    with torch.no_grad():
        for layer, w, b in ((net[0], w1, b1), (net[2], w2, b2)):
            layer.weight.copy_(w.T)
            layer.bias.copy_(b)
    loss = nn.functional.cross_entropy(net(x.double()), labels)
    loss.backward()
    return {
        "loss": loss.detach(),
        "dw1": net[0].weight.grad.T,
        "db1": net[0].bias.grad,
        "dw2": net[2].weight.grad.T,
        "db2": net[2].bias.grad,
    }
