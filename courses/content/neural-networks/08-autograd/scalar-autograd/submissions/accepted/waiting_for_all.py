import math
from collections import Counter, deque


class Value:
    """Passes its gradient on when as many shares have arrived as there are uses of it."""

    def __init__(self, data):
        self.data = data
        self.grad = 0.0
        self.parents = []

    @staticmethod
    def made(data, *parents):
        value = Value(data)
        value.parents = parents
        return value

    def __add__(self, other):
        if not isinstance(other, Value):
            return Value.made(self.data + other, (self, 1))
        return Value.made(self.data + other.data, (self, 1), (other, 1))

    def __mul__(self, other):
        if not isinstance(other, Value):
            return Value.made(self.data * other, (self, other))
        return Value.made(self.data * other.data, (self, other.data), (other, self.data))

    def __sub__(self, other):
        return self + other * -1

    def __truediv__(self, other):
        if not isinstance(other, Value):
            return self * (1 / other)
        return self * other**-1

    def __pow__(self, n):
        return Value.made(self.data**n, (self, n * self.data ** (n - 1)))

    def __neg__(self):
        return self * -1

    def __radd__(self, number):
        return self + number

    def __rmul__(self, number):
        return self * number

    def __rsub__(self, number):
        return (self - number) * -1

    def __rtruediv__(self, number):
        return self**-1 * number

    def exp(self):
        e = math.exp(self.data)
        return Value.made(e, (self, e))

    def tanh(self):
        t = math.tanh(self.data)
        return Value.made(t, (self, (1 - t) * (1 + t)))

    def relu(self):
        return self * 1 if self.data > 0 else self * 0

    def backward(self):
        uses, queue = Counter(), deque([self])
        met = {id(self)}
        while queue:
            for parent, _ in queue.popleft().parents:
                uses[id(parent)] += 1
                if id(parent) not in met:
                    met.add(id(parent))
                    queue.append(parent)
        shares = Counter({id(self): 1.0})
        ready = [self]
        while ready:
            value = ready.pop()
            value.grad += shares[id(value)]
            for parent, slope in value.parents:
                shares[id(parent)] += slope * shares[id(value)]
                uses[id(parent)] -= 1
                if not uses[id(parent)]:
                    ready.append(parent)
