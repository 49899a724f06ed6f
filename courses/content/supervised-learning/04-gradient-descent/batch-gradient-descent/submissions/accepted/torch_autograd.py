# backend: torch
import torch
import torch.nn.functional as F


def batch_gradient_descent(X, y, theta, lr, steps):
    X, y = X.double(), y.double()
    theta = theta.detach().clone().double().requires_grad_()
    optimizer = torch.optim.SGD([theta], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss = 0.5 * F.mse_loss(X @ theta, y)
        loss.backward()
        optimizer.step()
    return theta.detach()
