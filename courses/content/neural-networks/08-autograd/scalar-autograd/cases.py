import numpy as np

FORMS = [
    "{x} * {y}.tanh()",
    "{x} + {y}",
    "{x} - 2 * {y}",
    "{x} - {y}.relu()",
    "{x} / ({y} ** 2 + 1)",
    "(0.2 * {x}).tanh() - {y}",
    "3 - ({x} * {y}).tanh().exp()",
]


def _case(values, results=("y",), repeat=1, **program):
    """The values are named a, b, c, ... in order; the program computes more, one name after the other."""
    given = {"values": np.asarray(values), "program": program, "results": list(results)}
    return given if repeat == 1 else given | {"repeat": repeat}


def _graph(rng, prefix, leaves="abcd", steps=6):
    """A program of `steps` results, each from two of those before it, and the sum of all as `prefix`."""
    program, names = {}, list(leaves)
    for step in range(steps):
        x, y = rng.choice(names, size=2, replace=False)
        names.append(f"{prefix}{step}")
        program[names[-1]] = rng.choice(FORMS).format(x=x, y=y)
    return program | {prefix: " + ".join(names)}


def sample(rng):
    yield "a product and a sum", _case([2.0, -3.0, 10.0], y="a * b + c")
    yield "numbers on either side", _case([4.0, 0.5], y="3 * a + 1 - b / 2 + (5 - a) * 2 + 1 / b")
    yield "a value used twice", _case([3.0, -2.0], d="a * b", y="d * a + d + a")
    yield "functions", _case([0.5, 0.75, -0.25], d="a.tanh() * b.relu()", y="d + c.exp()")
    yield "two results", _case([2.0, 3.0], ("y", "z"), y="a * b", z="a + 4 * b")


def edge(rng):
    yield "every operator", _case([1.25, -0.75, 2.5], d="a / b - c", y="-d * (2 - a) / (b - 3) + 7 / c - c / 4")
    yield "a value that is not used", _case([1.5, -2.0, 0.75], y="(a - c) * a + 3")
    yield "relu on, off and at 0", _case([-1.5, 2.0, 0.0], y="3 * a.relu() + b.relu() * b + 5 * c.relu() + a * c")
    yield "dead units", _case([-0.5, 0.0, 1.2, -2.0], y="4 * (a * c).relu() + c * b.relu() + (d + 2).relu() * a + c")
    yield "powers", _case([1.7, -0.6, 2.2], y="a ** 3 + b ** -2 + c ** 0.5 + b ** 2 * a ** 1")
    yield "a neuron", _case([0.7, -1.2, 0.9, 0.4, 0.3], y="(a * c + b * d + e).tanh()")
    yield "the same on both sides", _case([1.3, -0.8], y="a * a + (b - b) * a + b / b + (a + a) * b - a ** 2 / a")
    yield "paths of different length", _case([1.1, 0.6], d="a * 2", e="d * b", f="e + a", g="f * e + d", y="g * f - a")
    yield "a ladder of shared values", _case([0.8, 1.1], a="(a + a * b) * 0.6", y="a * 1.5", repeat=8)
    yield "a tall ladder of shared values", _case([0.8, 0.7], a="(a + a * b) * 0.6", y="a * 1.5", repeat=18)
    yield "integers", _case([3, -2, 4], y="a / b + c ** 2 - 5 / a + b * c ** -1")
    yield "far tails", _case([400.0, -400.0, -800.0, 1.5], y="(a.tanh() - b.tanh()) * d + c.exp() + d / 2")
    yield "a saturated neuron", _case([30.0, 25.0, 2.0], d="(a * b + c).tanh()", y="d * c + (d - 3) * b")
    yield "a long chain", _case([0.01, 1.0], b="b * 0.999 + a", y="b * 1", repeat=1200)
    yield "a long sum", _case([0.3, 0.7, 0.0], c="c + a * b", y="c + 0", repeat=1500)


def secret(rng):
    def numbers(count):
        return rng.uniform(0.5, 2.0, size=count) * rng.choice([-1.0, 1.0], size=count)

    yield (
        "random sums and products",
        _case(numbers(4), d="a * b - 3 / c", y="(d + 2 * b) * (1 - d) / (c * c + 1) - d / b"),
    )
    yield "random graph", _case(numbers(4), ("y",), **_graph(rng, "y", steps=7))
    yield "two random results", _case(numbers(4), ("y", "z"), **_graph(rng, "y"), **_graph(rng, "z"))
