# backend: torch
import torch


def train(X, y, rng):
    draw = lambda *shape: torch.from_numpy(rng.normal(size=shape)).requires_grad_()
    w1, b1, w2, b2 = parameters = [draw(2, 8), draw(8), draw(8), draw(1)]
    for _ in range(300):
        p = torch.sigmoid(torch.tanh(X @ w1 + b1) @ w2 + b2)
        loss = torch.nn.functional.binary_cross_entropy(p, y.double())
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter -= 2.0 * gradient
    return {name: p.detach() for name, p in zip(("w1", "b1", "w2", "b2"), parameters)}


def predict(model, X):
    return (torch.tanh(X @ model["w1"] + model["b1"]) @ model["w2"] + model["b2"] > 0).long()
