# backend: torch


def batch_gradient_descent(X, y, theta, lr, steps):
    X, y, theta = X.double(), y.double(), theta.double().clone()
    for _ in range(steps):
        theta = theta - lr * (X.T @ (X @ theta - y)) / X.shape[0]
    return theta
