import numpy as np

MARGIN = 0.01  # sums this far from 0 stay on their side of the ReLU's corner while a gradient is checked by differences


def _case(rng, samples, features, hidden, classes, scale=1.0):
    """A batch with no hidden sum near 0, biases included."""
    while True:
        x = scale * rng.normal(size=(samples, features))
        w1, b1 = rng.normal(size=(features, hidden)), rng.normal(size=hidden)
        if np.abs(x @ w1 + b1).min() > MARGIN:
            break
    return {
        "x": x,
        "labels": rng.integers(0, classes, size=samples),
        "w1": w1,
        "b1": b1,
        "w2": rng.normal(size=(hidden, classes)),
        "b2": rng.normal(size=classes),
    }


def _tiny():
    return {
        "x": np.array([[1.0, 2.0], [2.0, -1.0]]),
        "labels": np.array([0, 2]),
        "w1": np.array([[1.0, -1.0], [0.5, 1.0]]),
        "b1": np.array([0.5, 0.25]),
        "w2": np.array([[1.0, 0.0, -1.0], [-0.5, 1.0, 0.5]]),
        "b2": np.array([0.5, 0.0, -0.5]),
    }


def sample(rng):
    yield "two samples", _tiny()
    one = _tiny()
    yield "one sample", one | {"x": np.array([[-1.0, 1.5]]), "labels": np.array([1])}
    yield "sure and wrong", one | {"x": np.array([[1000.0, 2.0], [-3.0, 800.0]])}


def edge(rng):
    yield "five samples", _case(rng, 5, 3, 4, 2)
    yield "square sizes", _case(rng, 3, 3, 3, 3)
    yield "one hidden unit", _case(rng, 4, 2, 1, 3)
    yield "hidden unit that is never on", _case(rng, 4, 3, 2, 3) | {"b1": np.array([0.75, -40.0])}
    yield "one label for all", _case(rng, 4, 2, 5, 3) | {"labels": np.array([2, 2, 2, 2])}
    yield "one class", _case(rng, 3, 2, 4, 1)
    far = np.array([[-900.0, 300.0], [1500.0, 40.0], [5.0, 2000.0]])
    yield "sure and wrong three times", _tiny() | {"x": far, "labels": np.array([0, 1, 2])}
    corner = _tiny()
    yield "at the corner", corner | {"b1": np.array([-2.0, -1.0])}
    yield "hidden weights all zero", corner | {"w1": np.zeros((2, 2)), "b1": np.zeros(2)}


def secret(rng):
    n, d, h, c = (int(size) for size in rng.permutation([2, 3, 4, 5]))
    yield "random batch", _case(rng, n, d, h, c)
    yield "random deep batch", _case(rng, n + 4, c, d + 4, h)
    yield "random large batch", _case(rng, d, n, c, h, scale=1000.0)
