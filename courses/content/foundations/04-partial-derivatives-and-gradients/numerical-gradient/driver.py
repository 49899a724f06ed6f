"""Hands the learner's function one of these functions by its name: a function cannot be an input of a case.

They use what arrays and tensors have in common, so that one driver serves both backends.
"""


def _cubes(x):
    """1·x₁³ + 2·x₂³ + 3·x₃³ + ..."""
    return sum((place + 1) * element**3 for place, element in enumerate(x.reshape(-1)))


def _neighbours(x):
    """Each element times the next one, so that a slope depends on other elements; and the cube of the first."""
    flat = x.reshape(-1)
    return (flat[:-1] * flat[1:]).sum() + flat[0] ** 3


def _valley(x):
    """Rosenbrock's valley: a curved, flat bottom between steep sides."""
    flat = x.reshape(-1)
    return 100 * (flat[1] - flat[0] ** 2) ** 2 + (1 - flat[0]) ** 2


FUNCTIONS = {
    "squares": lambda x: (x**2).sum(),
    "powers of two": lambda x: (2.0**x).sum(),
    "product": lambda x: x.reshape(-1).prod(),
    "sizes": lambda x: abs(x).sum(),
    "constant": lambda x: 3.5 + 0.0 * x.sum(),
    "cubes": _cubes,
    "neighbours": _neighbours,
    "valley": _valley,
}


def call(learner, function, x, **options):
    def f(moved):
        if tuple(moved.shape) != tuple(x.shape):
            raise ValueError(f"f takes all of x at once: shape {tuple(x.shape)}, not {tuple(moved.shape)}.")
        value = FUNCTIONS[function](moved)
        return value if hasattr(value, "detach") else float(value)

    return learner.numerical_gradient(f, x, **options)
