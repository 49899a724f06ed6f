import math


class Value:
    def __init__(self, data, sources=()):
        self.data = data
        self.sources = sources

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1), (other, 1)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, n):
        return Value(self.data**n, ((self, n * self.data ** (n - 1)),))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t * t),))

    def backward(self, gradient=1.0):
        self.grad += gradient
        for source, slope in self.sources:
            source.backward(gradient * slope)

    __radd__, __rmul__ = __add__, __mul__
