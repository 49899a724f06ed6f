import numpy as np


def _case(rng, shape, outputs, scale=1.0):
    """Samples of any shape, weights to match, and an upstream gradient that is neither 1 nor the same everywhere."""
    inputs = int(np.prod(shape[1:]))
    return {
        "dout": scale * rng.normal(size=(shape[0], outputs)),
        "x": rng.normal(size=shape),
        "w": rng.normal(size=(inputs, outputs)),
        "b": rng.normal(size=outputs),
    }


def sample(rng):
    x = np.array([[1.0, 2.0], [3.0, -1.0]])
    w = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, -1.0]])
    dout = np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])
    yield "two samples", {"dout": dout, "x": x, "w": w, "b": np.array([0.5, -0.5, 1.0])}
    yield "one sample, three outputs", {"dout": dout[1:], "x": x[1:], "w": w + 1.0, "b": np.zeros(3)}
    yield "sequence", _case(np.random.default_rng(1), (2, 3, 2), 4)


def edge(rng):
    yield "square weights", _case(rng, (3, 3), 3)
    yield "one output", _case(rng, (4, 3), 1)
    yield "one input", _case(rng, (5, 1), 2)
    yield "one of everything", _case(rng, (1, 1), 1)
    yield "large upstream gradient", _case(rng, (2, 5), 3, scale=1e6)
    yield "images", _case(rng, (3, 2, 4, 5), 2)
    grey = _case(rng, (2, 1, 3, 4), 3)
    yield "grey values", grey | {"x": rng.integers(0, 256, size=(2, 1, 3, 4))}


def secret(rng):
    n, d, m = (int(size) for size in rng.permutation([2, 3, 4, 5])[:3])
    yield "random batch", _case(rng, (n, d), m)
    yield "random tall batch", _case(rng, (n + 6, d), m)
    c, h, w = (int(size) for size in rng.permutation([2, 3, 4]))
    yield "random images", _case(rng, (n, c, h, w), m)
