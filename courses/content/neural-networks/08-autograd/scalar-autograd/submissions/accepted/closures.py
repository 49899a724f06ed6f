import math


class Value:
    def __init__(self, data, _children=(), _op=""):
        self.data = data
        self.grad = 0
        self.propagate = lambda: None
        self.prev = set(_children)
        self._op = _op

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other), "+")

        def propagate():
            self.grad += out.grad
            other.grad += out.grad

        out.propagate = propagate
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other), "*")

        def propagate():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.propagate = propagate
        return out

    def __pow__(self, other):
        assert isinstance(other, (int, float)), "only supporting int/float powers for now"
        out = Value(self.data**other, (self,), f"**{other}")

        def propagate():
            self.grad += other * self.data ** (other - 1) * out.grad

        out.propagate = propagate
        return out

    def relu(self):
        out = Value(max(0, self.data), (self,), "relu")

        def propagate():
            self.grad += (out.data > 0) * out.grad

        out.propagate = propagate
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,), "tanh")

        def propagate():
            self.grad += (1 - out.data**2) * out.grad

        out.propagate = propagate
        return out

    def exp(self):
        out = Value(math.exp(self.data), (self,), "exp")

        def propagate():
            self.grad += out.data * out.grad

        out.propagate = propagate
        return out

    def backward(self):
        topo, visited = [], set()
        stack = [(self, iter(self.prev))]
        visited.add(self)
        while stack:
            v, children = stack[-1]
            for child in children:
                if child not in visited:
                    visited.add(child)
                    stack.append((child, iter(child.prev)))
                    break
            else:
                stack.pop()
                topo.append(v)
        self.grad = 1
        for v in reversed(topo):
            v.propagate()

    def __neg__(self):
        return self * -1

    def __radd__(self, other):
        return self + other

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return other + (-self)

    def __rmul__(self, other):
        return self * other

    def __truediv__(self, other):
        return self * other**-1

    def __rtruediv__(self, other):
        return other * self**-1
