import numpy as np

# All numbers are multiples of a power of 1/2, so every sum is exact in float64, in whatever order it is computed:
# whether a sum lies on the threshold is never a matter of rounding.
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def _case(X, y, w, b, lr, epochs):
    return {"X": np.asarray(X), "y": np.asarray(y), "w": np.asarray(w, dtype=float), "b": b, "lr": lr, "epochs": epochs}


def _random(rng, samples, features, lr, epochs):
    X = rng.integers(-1024, 1025, size=(samples, features)) / 256
    w, b = rng.integers(-2048, 2049, size=features) / 512, float(rng.integers(-512, 513)) / 512
    return _case(X, rng.integers(0, 2, size=samples), w, b, lr, epochs)


def _mistaken(rng, samples, features, lr, epochs):
    """Random samples of which the start gets every second one wrong, by turns a miss and a false alarm."""
    case = _random(rng, samples, features, lr, epochs)
    answers = (case["X"] @ case["w"] + case["b"] > 0).astype(int)
    return case | {"y": np.where(np.arange(samples) % 2 == 0, 1 - answers, answers)}


def sample(rng):
    yield "AND", _case(CORNERS, [0, 0, 0, 1], [0.0, 0.0], 0.0, 1.0, 6)
    yield "one missed sample", _case([[1.0, 2.0, -3.0]], [1], [0.5, -1.0, 0.25], 0.75, 0.5, 1)
    yield "one false alarm", _case([[2.0, 1.0, -1.0]], [0], [0.5, 1.0, 0.25], 0.75, 0.5, 1)
    yield "XOR", _case(CORNERS, [0, 1, 1, 0], [0.25, -0.5], 0.5, 0.5, 3)


def edge(rng):
    yield "four samples", _mistaken(rng, 4, 3, 0.5, 1)
    yield "one feature", _case([[0.5], [-1.25], [2.0], [-0.75]], [0, 1, 0, 1], [1.5], -0.25, 0.25, 1)
    yield "all of one class", _mistaken(rng, 5, 2, 2.0, 1) | {"y": np.array([1, 1, 1, 1, 1]), "b": -6.5}
    yield "OR from somewhere", _case(CORNERS[::-1], [1, 1, 1, 0], [-1.5, -0.75], 2.5, 0.5, 7)
    yield "nothing to learn", _case(CORNERS, [0, 0, 0, 1], [2.0, 1.0], -2.0, 0.5, 3)
    yield "no passes", _case(CORNERS, [1, 0, 0, 1], [0.5, 0.25], -1.5, 0.5, 0)
    yield "one point with both labels", _case([[1.5, -0.5], [1.5, -0.5], [0.25, 1.0]], [1, 0, 1], [0, 0], 0.0, 0.25, 4)
    yield "on the threshold", _case([[1.0, 2.0], [3.0, 1.0]], [1, 0], [2.0, -1.5], 1.0, 0.5, 1)
    yield "on the threshold again and again", _case(CORNERS, [1, 0, 1, 1], [0.0, 0.0], 0.0, 0.25, 2)


def secret(rng):
    samples, features = (int(size) for size in rng.permutation([4, 5, 6, 7])[:2])
    yield "random pass", _mistaken(rng, samples, features, 0.5, 1)
    yield "random passes", _mistaken(rng, features, samples, 2.0, 3)
    yield "random small steps", _mistaken(rng, samples + 2, features, 0.125, 4)
    yield "random labels", _random(rng, samples + 8, 2, 0.25, 5)
