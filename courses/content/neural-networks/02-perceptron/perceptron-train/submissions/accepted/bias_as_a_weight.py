import numpy as np


def perceptron_train(X, y, w, b, lr, epochs):
    Z = np.hstack([X, np.ones((X.shape[0], 1))])
    v = np.append(w, b)
    for i in range(epochs * len(Z)):
        n = i % len(Z)
        v = v + lr * (y[n] - np.heaviside(Z[n] @ v, 0)) * Z[n]
    return {"w": v[:-1], "b": v[-1]}
