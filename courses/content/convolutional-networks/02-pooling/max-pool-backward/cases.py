import numpy as np


def _case(rng, x, size, stride):
    """Images (N, C, H, W) with an upstream gradient nowhere 1 or 0."""
    rows, columns = ((x.shape[axis] - size) // stride + 1 for axis in (2, 3))
    return _given(rng.normal(size=(*x.shape[:2], rows, columns)) + 0.5, x, size, stride)


def _given(dout, x, size, stride):
    return {"dout": dout, "x": x, "size": size, "stride": stride}


def sample(rng):
    x = np.array([[1.0, 5.0, 2.0, 0.0, 3.0, 7.0], [4.0, 3.0, 8.0, 6.0, 1.0, 2.0]])[None, None]
    yield "two by two windows", _given(np.array([[[[10.0, -20.0, 30.0]]]]), x, 2, 2)
    x = np.array([[2.0, 1.0, 0.0, 3.0], [0.0, 9.0, 4.0, 1.0], [5.0, 2.0, 1.0, 6.0]])[None, None]
    yield "one large pixel", _given(np.array([[1.0, 10.0, 100.0], [2.0, 20.0, 200.0]])[None, None], x, 2, 1)
    x = np.array([[3.0, 7.0, 5.0, 0.0], [7.0, 7.0, 5.0, 5.0], [1.0, 2.0, 4.0, 4.0], [2.0, 0.0, 1.0, 3.0]])[None, None]
    yield "ties", _given(np.array([[1.5, -2.0], [0.5, 4.0]])[None, None], x, 2, 2)
    x = np.array([[[[1.0, 2.0, 3.0, -1.0]] * 2, [[0.5, 0.0, -2.0, 4.0]] * 2]]) + np.array([0.0, 0.25])[:, None]
    two = np.concatenate([x, -x])
    yield "two images, two channels", _given(np.array([[[[1.0, -3.0]], [[5.0, 2.0]]]] * 2), two, 2, 2)


def edge(rng):
    yield "negative values", _case(rng, -1.0 - rng.random(size=(2, 1, 4, 6)), 2, 2)
    yield "windows of one pixel", _case(rng, rng.normal(size=(1, 3, 2, 4)), 1, 1)
    yield "windows of three, stride 2", _case(rng, rng.normal(size=(2, 3, 5, 7)), 3, 2)
    yield "windows of three, stride 1", _case(rng, rng.normal(size=(3, 1, 4, 6)), 3, 1)
    yield "a rest", _case(rng, rng.normal(size=(1, 2, 5, 7)) + np.linspace(0, 4, 7), 2, 2)
    yield "stride beyond the window", _case(rng, rng.normal(size=(2, 1, 8, 5)), 2, 3)
    yield "window as high as the image", _case(rng, rng.normal(size=(1, 2, 3, 7)), 3, 2)
    yield "after a ReLU", _case(rng, np.maximum(rng.normal(size=(2, 2, 4, 5)) - 0.5, 0), 3, 1)
    yield "all pixels equal", _case(rng, np.full((1, 1, 4, 6), 2.5), 2, 2)
    yield "grey values", _case(rng, rng.integers(0, 8, size=(2, 1, 4, 6)), 2, 2)


def secret(rng):
    n, c = (int(size) for size in rng.permutation([2, 3]))
    h, w = (int(size) for size in rng.permutation([6, 8]))
    yield "random images", _case(rng, rng.normal(size=(n, c, h, w)), 2, 2)
    yield "random overlaps", _case(rng, rng.normal(size=(c, n, h, w - 1)), 3, int(rng.integers(1, 3)))
    yield "random ties", _case(rng, rng.integers(-2, 2, size=(n, c, w, h)).astype(float), 3, 2)
