# backend: torch
import torch
from torch.nn.functional import binary_cross_entropy_with_logits


def logistic_regression_fit(X, y, w, b, lr, steps):
    X, y = X.double(), y.double()
    w = w.detach().clone().double().requires_grad_()
    b = torch.tensor(float(b), dtype=torch.float64, requires_grad=True)
    for _ in range(steps):
        loss = binary_cross_entropy_with_logits(X @ w + b, y)
        dw, db = torch.autograd.grad(loss, (w, b))
        with torch.no_grad():
            w -= lr * dw
            b -= lr * db
    return w.detach(), b.detach()
