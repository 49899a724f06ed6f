import numpy as np


class Neuron:
    def __init__(self, weights):
        self.weights = np.array(weights, dtype=np.float64)

    def fire(self, inputs):
        return float(np.inner(inputs, self.weights))

    def learn(self, batch, rate):
        proposals = [self.fire(inputs) * np.asarray(inputs) for inputs in batch]
        self.weights += rate * np.average(proposals, axis=0)


def hebb_update(w, x, lr):
    neuron = Neuron(w)
    neuron.learn(x, lr)
    return neuron.weights
