# backend: torch
import torch


def perceptron_train(X, y, w, b, lr, epochs):
    w = w.clone()
    X = X.to(w.dtype)
    for _ in range(epochs):
        for i in range(X.shape[0]):
            prediction = 1.0 if torch.dot(X[i], w) + b > 0 else 0.0
            error = float(y[i]) - prediction
            w += lr * error * X[i]
            b += lr * error
    return w, b
