import math


class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents

    @staticmethod
    def _of(other):
        return other if isinstance(other, Value) else Value(other)

    def __add__(self, other):
        other = Value._of(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = Value._of(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, exponent):
        data = float(self.data)
        return Value(data**exponent, ((self, exponent * data ** (exponent - 1)),))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -Value._of(other)

    def __truediv__(self, other):
        return self * Value._of(other) ** -1

    def __rsub__(self, other):
        return Value._of(other) - self

    def __rtruediv__(self, other):
        return Value._of(other) / self

    __radd__ = __add__
    __rmul__ = __mul__

    def exp(self):
        out = math.exp(self.data)
        return Value(out, ((self, out),))

    def tanh(self):
        out = math.tanh(self.data)
        return Value(out, ((self, 1 - out**2),))

    def relu(self):
        return Value(max(self.data, 0), ((self, float(self.data > 0)),))

    def backward(self):
        waiting = [(self, 1.0)]
        while waiting:
            value, upstream = waiting.pop()
            value.grad += upstream
            waiting.extend((parent, upstream * slope) for parent, slope in value.parents)
