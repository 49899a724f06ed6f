"""Reverse-mode differentiation of numbers: every result remembers what it was computed from, and how steeply."""

from __future__ import annotations

import math


class Value:
    r"""A number that can be differentiated with respect to every `Value` it was computed from.

    For a result y, `y.backward()` adds dy/dv to `v.grad` for y itself and every value v that y was computed from:

        dy/dv = Σ_u dy/du · ∂u/∂v   over all u that were computed directly from v

    The slopes ∂u/∂v are taken down when u is computed. Results are gone through from the last to the first, so that
    dy/du is complete before it is passed on. Numbers on either side of an operator count as constants.

    Attributes
    ----------
    data : float
    grad : float, 0 at first; kept and added to by every `backward`

    References
    ----------
    Griewank, Walther, Evaluating Derivatives (2008), section 3.2; Baydin et al., Automatic
    differentiation in machine learning (2018), section 3.2.
    """

    __slots__ = ("data", "grad", "slopes")

    def __init__(self, data: float, slopes: tuple[tuple[Value, float], ...] = ()) -> None:
        """`slopes` holds the values that this one was computed from, each with the slope with respect to it."""
        self.data = float(data)
        self.grad = 0.0
        self.slopes = slopes

    def __add__(self, other: Value | float) -> Value:
        other = _value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: Value | float) -> Value:
        other = _value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, exponent: float) -> Value:
        """Return self**exponent; `exponent` is a number."""
        return Value(self.data**exponent, ((self, exponent * self.data ** (exponent - 1)),))

    def __neg__(self) -> Value:
        return Value(-self.data, ((self, -1.0),))

    def __sub__(self, other: Value | float) -> Value:
        return self + -other

    def __truediv__(self, other: Value | float) -> Value:
        return self * _value(other) ** -1

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float) -> Value:
        return -self + other

    def __rtruediv__(self, other: float) -> Value:
        return self**-1 * other

    def exp(self) -> Value:
        power = math.exp(self.data)
        return Value(power, ((self, power),))

    def tanh(self) -> Value:
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

    def relu(self) -> Value:
        """Return max(0, x); the slope at 0 is 0."""
        return Value(max(0.0, self.data), ((self, float(self.data > 0)),))

    def backward(self) -> None:
        """Add the gradient of this value to `grad` of all values that it was computed from, and 1 to its own."""
        gradients = {self: 1.0}
        for value in reversed(self._in_order()):
            gradient = gradients[value]
            value.grad += gradient
            for source, slope in value.slopes:
                gradients[source] = gradients.get(source, 0.0) + gradient * slope

    def _in_order(self) -> list[Value]:
        """Return what this value was computed from, and itself, each after all that it was computed from."""
        order, seen, to_do = [], set(), [(self, False)]
        while to_do:  # no recursion: graphs may be deeper than Python's stack
            value, sources_are_done = to_do.pop()
            if sources_are_done:
                order.append(value)
            elif value not in seen:
                seen.add(value)
                to_do.append((value, True))
                to_do += [(source, False) for source, _ in value.slopes]
        return order


def _value(number: Value | float) -> Value:
    return number if isinstance(number, Value) else Value(number)
