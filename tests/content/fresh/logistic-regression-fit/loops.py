import math


def sigmoid(z):
    if z < 0:
        power = math.exp(z)
        return power / (1 + power)
    return 1 / (1 + math.exp(-z))


def logistic_regression_fit(X, y, w, b, lr, steps):
    rows, labels = X.tolist(), y.tolist()
    w, b = [float(v) for v in w], float(b)
    for _ in range(steps):
        dw, db = [0.0 for _ in w], 0.0
        for row, label in zip(rows, labels):
            error = sigmoid(sum(x * v for x, v in zip(row, w)) + b) - label
            dw = [g + error * x for g, x in zip(dw, row)]
            db += error
        w = [v - lr * g / len(rows) for v, g in zip(w, dw)]
        b -= lr * db / len(rows)
    return w, b
