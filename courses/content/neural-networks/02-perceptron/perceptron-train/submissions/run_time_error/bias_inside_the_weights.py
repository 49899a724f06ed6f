import numpy as np


def perceptron_train(X, y, w, b, lr, epochs):
    X = np.hstack([np.ones((len(X), 1)), X])
    for _ in range(max(epochs, 1)):
        for x, label in zip(X, y):
            w = w + lr * (label - (x @ w > 0)) * x
    return w[1:], w[0]
