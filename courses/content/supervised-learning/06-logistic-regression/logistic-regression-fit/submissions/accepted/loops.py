import math


def sigmoid(z):
    if z < 0:
        return math.exp(z) / (1 + math.exp(z))
    return 1 / (1 + math.exp(-z))


def logistic_regression_fit(X, y, w, b, lr, steps):
    w = [float(v) for v in w]
    b = float(b)
    n = len(X)
    for _ in range(steps):
        dw, db = [0.0] * len(w), 0.0
        for row, label in zip(X, y):
            error = sigmoid(sum(x * v for x, v in zip(row, w)) + b) - label
            db += error / n
            for j, x in enumerate(row):
                dw[j] += error * x / n
        w = [v - lr * g for v, g in zip(w, dw)]
        b -= lr * db
    return w, b
