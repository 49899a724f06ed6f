import numpy as np


class Perceptron:
    def __init__(self, weights, bias):
        self.weights = np.array(weights, dtype=float)
        self.bias = float(bias)

    def fires(self, x):
        return np.dot(self.weights, x) > -self.bias

    def learn(self, x, label, rate):
        if self.fires(x) == bool(label):
            return False
        sign = 1 if label else -1
        self.weights += sign * rate * x
        self.bias += sign * rate
        return True


def perceptron_train(X, y, w, b, lr, epochs):
    unit = Perceptron(w, b)
    for epoch in range(epochs):
        mistakes = [unit.learn(x, label, lr) for x, label in zip(X, y)]
        if not any(mistakes):
            break
    return unit.weights, unit.bias
