import numpy as np

TAPE = []


class Value:
    """Every value is numbered in the order of its making; so the numbers are in a valid order already."""

    def __init__(self, data, sources=(), slopes=()):
        self.data = np.float64(data)
        self.grad = np.float64(0)
        self.sources, self.slopes = sources, slopes
        self.number = len(TAPE)
        TAPE.append(self)

    def __add__(self, other):
        other = lift(other)
        return Value(self.data + other.data, (self, other), (1, 1))

    def __sub__(self, other):
        other = lift(other)
        return Value(self.data - other.data, (self, other), (1, -1))

    def __mul__(self, other):
        other = lift(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __truediv__(self, other):
        other = lift(other)
        return Value(self.data / other.data, (self, other), (1 / other.data, -self.data / other.data**2))

    def __radd__(self, other):
        return lift(other) + self

    def __rsub__(self, other):
        return lift(other) - self

    def __rmul__(self, other):
        return lift(other) * self

    def __rtruediv__(self, other):
        return lift(other) / self

    def __neg__(self):
        return Value(-self.data, (self,), (-1,))

    def __pow__(self, n):
        return Value(self.data ** float(n), (self,), (n * self.data ** (float(n) - 1),))

    def exp(self):
        return Value(np.exp(self.data), (self,), (np.exp(self.data),))

    def tanh(self):
        return Value(np.tanh(self.data), (self,), (1 - np.tanh(self.data) ** 2,))

    def relu(self):
        return Value(np.maximum(self.data, 0), (self,), (np.heaviside(self.data, 0),))

    def backward(self):
        slopes = np.zeros(len(TAPE))
        slopes[self.number] = 1
        for value in reversed(TAPE[: self.number + 1]):
            value.grad += slopes[value.number]
            for source, slope in zip(value.sources, value.slopes):
                slopes[source.number] += slope * slopes[value.number]


def lift(number):
    return number if isinstance(number, Value) else Value(number)
