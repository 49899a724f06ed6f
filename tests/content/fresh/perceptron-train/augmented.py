import numpy as np


def perceptron_train(X, y, w, b, lr, epochs):
    Z = np.hstack([np.ones((len(X), 1)), X])
    v = np.concatenate([[b], w]).astype(float)
    for _ in range(epochs):
        for z, target in zip(Z, y):
            fired = 1 if v[1:] @ z[1:] + v[0] > 0 else 0
            v = v + lr * (target - fired) * z
    return v[1:], v[0]
