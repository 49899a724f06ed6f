import math


class Value:
    def __init__(self, data, parents=()):
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.push = lambda g: None

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value.of(other)
        out = Value(self.data + other.data, (self, other))

        def push(g):
            self.grad += g
            other.grad += g

        out.push = push
        return out

    def __mul__(self, other):
        other = Value.of(other)
        out = Value(self.data * other.data, (self, other))

        def push(g):
            self.grad += g * other.data
            other.grad += g * self.data

        out.push = push
        return out

    def __pow__(self, n):
        return self.bent(self.data**n, n * self.data ** (n - 1))

    def exp(self):
        e = math.exp(self.data)
        return self.bent(e, e)

    def tanh(self):
        t = math.tanh(self.data)
        return self.bent(t, 1 - t * t)

    def relu(self):
        return self.bent(max(0.0, self.data), 1.0 if self.data > 0 else 0.0)

    def bent(self, data, slope):
        out = Value(data, (self,))

        def push(g):
            self.grad += g * slope

        out.push = push
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-Value.of(other))

    def __rsub__(self, other):
        return Value.of(other) + (-self)

    def __truediv__(self, other):
        return self * Value.of(other) ** -1

    def __rtruediv__(self, other):
        return Value.of(other) * self**-1

    __radd__ = __add__
    __rmul__ = __mul__

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, expanded = stack.pop()
            if expanded:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((parent, False) for parent in node.parents)
        self.grad += 1.0
        for node in reversed(order):
            node.push(node.grad)
