import heapq
import itertools
import math

numbers = itertools.count()


class Value:
    """Whatever was made later cannot be an input of what was made earlier: go back from the highest number."""

    def __init__(self, data, inputs=()):
        self.data, self.grad = data, 0
        self.inputs = inputs  # pairs of a Value and the slope towards it
        self.number = next(numbers)

    def __add__(self, other):
        return combine(self, other, lambda a, b: (a + b, 1, 1))

    def __radd__(self, other):
        return combine(other, self, lambda a, b: (a + b, 1, 1))

    def __sub__(self, other):
        return combine(self, other, lambda a, b: (a - b, 1, -1))

    def __rsub__(self, other):
        return combine(other, self, lambda a, b: (a - b, 1, -1))

    def __mul__(self, other):
        return combine(self, other, lambda a, b: (a * b, b, a))

    def __rmul__(self, other):
        return combine(other, self, lambda a, b: (a * b, b, a))

    def __truediv__(self, other):
        return combine(self, other, lambda a, b: (a / b, 1 / b, -a / b**2))

    def __rtruediv__(self, other):
        return combine(other, self, lambda a, b: (a / b, 1 / b, -a / b**2))

    def __neg__(self):
        return Value(-self.data, ((self, -1),))

    def __pow__(self, n):
        return Value(self.data**n, ((self, n * self.data ** (n - 1)),))

    def exp(self):
        return Value(math.exp(self.data), ((self, math.exp(self.data)),))

    def tanh(self):
        return Value(math.tanh(self.data), ((self, 1 / math.cosh(self.data) ** 2 if abs(self.data) < 300 else 0.0),))

    def relu(self):
        return Value(self.data * (self.data > 0), ((self, int(self.data > 0)),))

    def backward(self):
        flow, waiting, values = {self.number: 1.0}, [-self.number], {self.number: self}
        while waiting:
            number = -heapq.heappop(waiting)
            value, gradient = values[number], flow[number]
            value.grad += gradient
            for source, slope in value.inputs:
                if source.number not in flow:
                    heapq.heappush(waiting, -source.number)
                    values[source.number] = source
                flow[source.number] = flow.get(source.number, 0.0) + gradient * slope


def combine(a, b, rule):
    a, b = (x if isinstance(x, Value) else Value(x) for x in (a, b))
    data, slope_a, slope_b = rule(a.data, b.data)
    return Value(data, ((a, slope_a), (b, slope_b)))
