import math
import sys

sys.setrecursionlimit(100_000)


class Value:
    inputs = ()

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0

    def __add__(self, other):
        return Add(self, other)

    def __radd__(self, other):
        return Add(other, self)

    def __sub__(self, other):
        return Add(self, Mul(other, -1))

    def __rsub__(self, other):
        return Add(other, Mul(self, -1))

    def __mul__(self, other):
        return Mul(self, other)

    def __rmul__(self, other):
        return Mul(other, self)

    def __truediv__(self, other):
        return Mul(self, Power(other, -1))

    def __rtruediv__(self, other):
        return Mul(other, Power(self, -1))

    def __neg__(self):
        return Mul(self, -1)

    def __pow__(self, exponent):
        return Power(self, exponent)

    def exp(self):
        return Exp(self)

    def tanh(self):
        return Tanh(self)

    def relu(self):
        return Relu(self)

    def pull_back(self, upstream):
        return ()

    def backward(self):
        order, seen = [], set()

        def visit(value):
            seen.add(value)
            for source in value.inputs:
                if source not in seen:
                    visit(source)
            order.append(value)

        visit(self)
        received = dict.fromkeys(order, 0.0)
        received[self] = 1.0
        for value in order[::-1]:
            value.grad += received[value]
            for source, share in zip(value.inputs, value.pull_back(received[value])):
                received[source] += share


class Operation(Value):
    def __init__(self, *inputs):
        self.inputs = [value if isinstance(value, Value) else Value(value) for value in inputs]
        super().__init__(self.compute(*(value.data for value in self.inputs)))


class Add(Operation):
    def compute(self, x, y):
        return x + y

    def pull_back(self, upstream):
        return upstream, upstream


class Mul(Operation):
    def compute(self, x, y):
        return x * y

    def pull_back(self, upstream):
        x, y = self.inputs
        return upstream * y.data, upstream * x.data


class Power(Operation):
    def __init__(self, base, exponent):
        self.exponent = exponent
        super().__init__(base)

    def compute(self, x):
        return x**self.exponent

    def pull_back(self, upstream):
        return (upstream * self.exponent * self.inputs[0].data ** (self.exponent - 1),)


class Exp(Operation):
    def compute(self, x):
        return math.exp(x)

    def pull_back(self, upstream):
        return (upstream * self.data,)


class Tanh(Operation):
    def compute(self, x):
        return math.tanh(x)

    def pull_back(self, upstream):
        return (upstream * (1 - self.data**2),)


class Relu(Operation):
    def compute(self, x):
        return max(0.0, x)

    def pull_back(self, upstream):
        return (upstream if self.data > 0 else 0.0,)
