from collections import Counter, deque
from math import exp, tanh


class Value:
    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self._edges = []

    def _made(self, data, *edges):
        value = Value(data)
        value._edges = list(edges)
        return value

    def __add__(self, other):
        if isinstance(other, Value):
            return self._made(self.data + other.data, (self, 1.0), (other, 1.0))
        return self._made(self.data + other, (self, 1.0))

    def __mul__(self, other):
        if isinstance(other, Value):
            return self._made(self.data * other.data, (self, other.data), (other, self.data))
        return self._made(self.data * other, (self, float(other)))

    def __pow__(self, n):
        slope = 0.0 if n == 0 else n * self.data ** (n - 1)
        return self._made(self.data**n, (self, slope))

    def exp(self):
        result = self._made(exp(self.data))
        result._edges.append((self, result.data))
        return result

    def tanh(self):
        result = self._made(tanh(self.data))
        result._edges.append((self, 1 - result.data**2))
        return result

    def relu(self):
        return self._made(self.data, (self, 1.0)) if self.data > 0 else self._made(0.0, (self, 0.0))

    def __neg__(self):
        return self * -1.0

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * (other**-1.0)

    def __rtruediv__(self, other):
        return self**-1.0 * other

    def backward(self):
        users, found, queue = Counter(), {id(self)}, deque([self])
        while queue:
            for source, _ in queue.popleft()._edges:
                users[id(source)] += 1
                if id(source) not in found:
                    found.add(id(source))
                    queue.append(source)
        flow, ready = Counter({id(self): 1.0}), [self]
        while ready:
            value = ready.pop()
            gradient = flow[id(value)]
            value.grad += gradient
            for source, slope in value._edges:
                flow[id(source)] += gradient * slope
                users[id(source)] -= 1
                if users[id(source)] == 0:
                    ready.append(source)
