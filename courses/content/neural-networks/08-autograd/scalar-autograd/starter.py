class Value:
    """A number that can be differentiated.

    data: float    the number
    grad: float    how fast the result on which backward() was called grows with it; 0 at first
    """

    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        """Return the Value of self + other, where other is a Value or a number."""
        raise NotImplementedError("Value.__add__")

    def backward(self):
        """Add the gradient of this value to .grad of every Value that it was computed from."""
        raise NotImplementedError("Value.backward")
