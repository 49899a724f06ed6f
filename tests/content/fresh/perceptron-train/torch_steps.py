# backend: torch
import torch


def perceptron_train(X, y, w, b, lr, epochs):
    X, y, w = X.double(), y.double(), w.double().clone()
    b = torch.as_tensor(b, dtype=torch.float64).clone()
    for _ in range(epochs):
        for n in range(X.shape[0]):
            answer = (torch.dot(w, X[n]) + b > 0).double()
            w += lr * (y[n] - answer) * X[n]
            b += lr * (y[n] - answer)
    return w, b
