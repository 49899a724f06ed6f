import math


class Value:
    def __init__(self, data, slopes=()):
        self.data, self.grad, self.slopes = data, 0.0, slopes

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = as_value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __pow__(self, n):
        return Value(self.data**n, [(self, n * self.data ** (n - 1))])

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * as_value(other) ** -1

    def __rtruediv__(self, other):
        return self**-1 * other

    def exp(self):
        return Value(math.exp(self.data), [(self, math.exp(self.data))])

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, [(self, 1 - t**2)])

    def relu(self):
        return Value(max(self.data, 0.0), [(self, float(self.data > 0))])

    def backward(self):
        gradients = {self: 1.0}
        for value in reversed(in_order(self)):
            value.grad += gradients[value]
            for source, slope in value.slopes:
                gradients[source] = gradients.get(source, 0.0) + slope * gradients[value]


def as_value(number):
    return number if isinstance(number, Value) else Value(number)


def in_order(result):
    order, seen, queue = [], set(), [result]
    while queue:
        value = queue[0]
        if value not in seen:
            seen.add(value)
            order.insert(0, value)
            queue.extend(source for source, _ in value.slopes)
    return order
