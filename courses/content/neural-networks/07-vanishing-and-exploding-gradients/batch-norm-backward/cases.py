import numpy as np


def _case(rng, x, **options):
    """x (N, D) with scales far from 1, shifts far from 0 and an upstream gradient that does not sum to 0."""
    x = np.asarray(x)
    features = x.shape[1]
    return {
        "dout": rng.normal(size=x.shape) + 0.3,
        "x": x,
        "gamma": rng.uniform(0.5, 3.0, size=features) * rng.choice([-1.0, 1.0], size=features),
        "beta": rng.normal(size=features) + 2.0,
        **options,
    }


def sample(rng):
    yield (
        "four samples of one feature",
        {
            "dout": np.array([[1.0], [0.0], [-2.0], [4.0]]),
            "x": np.array([[2.0], [4.0], [7.0], [3.0]]),
            "gamma": np.array([3.0]),
            "beta": np.array([1.0]),
        },
    )
    yield (
        "five samples of two features",
        {
            "dout": np.array([[1.0, 0.5], [2.0, 0.0], [-1.0, -3.0], [0.0, 1.0], [0.5, 2.0]]),
            "x": np.array([[1.0, 10.0], [2.0, 14.0], [4.0, 9.0], [0.0, 11.0], [-5.0, 3.0]]),
            "gamma": np.array([0.5, -2.0]),
            "beta": np.array([1.0, -3.0]),
        },
    )
    yield (
        "large eps",
        {
            "dout": np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 1.0]]),
            "x": np.array([[1.0, 0.0], [3.0, 0.5], [2.5, 2.0]]),
            "gamma": np.array([2.0, 1.5]),
            "beta": np.array([0.5, 1.0]),
            "eps": 0.5,
        },
    )


def edge(rng):
    backwards = _case(rng, rng.normal(size=(7, 3)))
    yield "a feature that counts backwards", backwards | {"gamma": np.array([2.0, -1.5, 0.25])}
    yield "far from zero", _case(rng, rng.normal(50.0, 2.0, size=(6, 2)))
    yield "wide batch", _case(rng, rng.normal(size=(3, 8)) * np.arange(1.0, 9.0))
    yield "two samples", _case(rng, rng.normal(size=(2, 3)), eps=0.3)
    yield "tiny spread", _case(rng, 1e-3 * rng.normal(size=(5, 4)))
    yield "one sample", _case(rng, rng.normal(size=(1, 4)))
    constant = rng.normal(size=(6, 3))
    constant[:, 1] = 2.5
    yield "a constant feature", _case(rng, constant, eps=1e-3)
    zero = _case(rng, rng.normal(size=(4, 3)))
    yield "a scale of zero", zero | {"gamma": np.array([1.5, 0.0, -0.5])}
    yield "counts", _case(rng, [[3, 0], [1, 7], [0, 2], [5, 2], [8, 1]])


def secret(rng):
    n, d = (int(size) for size in rng.permutation([5, 6, 8])[:2])
    yield "random batch", _case(rng, rng.normal(rng.normal(), 2.0, size=(n, d)))
    yield "random eps", _case(rng, 0.1 * rng.normal(size=(d, n)), eps=float(rng.uniform(0.01, 0.1)))
