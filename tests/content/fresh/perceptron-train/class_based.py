import numpy as np


class Perceptron:
    def __init__(self, w, b):
        self.w = np.copy(w)
        self.b = b

    def __call__(self, x):
        return np.heaviside(np.inner(self.w, x) + self.b, 0.0)

    def learn(self, x, target, lr):
        error = target - self(x)
        self.w = self.w + lr * error * x
        self.b = self.b + lr * error


def perceptron_train(X, y, w, b, lr, epochs):
    neuron = Perceptron(w, b)
    for n in list(range(len(X))) * epochs:
        neuron.learn(X[n], y[n], lr)
    return neuron.w, neuron.b
