import numpy as np


def _case(rng, image, kernel, **options):
    """Images (N, C, H, W) and filters (F, KH, KW) of the same channels; an upstream gradient nowhere 1 or 0."""
    filters, *size = kernel
    x = rng.normal(size=image)
    w = rng.normal(size=(filters, image[1], *size))
    return _upstream(rng, x, w, **options) | {"x": x, "w": w, "b": rng.normal(size=filters) + 2.0, **options}


def _upstream(rng, x, w, stride=1, padding=0):
    rows, columns = ((x.shape[axis] + 2 * padding - w.shape[axis]) // stride + 1 for axis in (2, 3))
    return {"dout": rng.normal(size=(len(x), len(w), rows, columns)) + 0.5}


def sample(rng):
    x = np.array([[1.0, 2.0, 0.0, 3.0], [4.0, 0.0, 1.0, 5.0], [2.0, 6.0, 3.0, 1.0]])[None, None]
    w = np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])[None, None]
    b = np.array([0.5])
    dout = np.array([[1.0, -2.0], [0.5, 3.0]])[None, None]
    yield "two by three kernel", {"dout": dout, "x": x, "w": w, "b": b}
    wide = np.arange(1.0, 31.0).reshape(1, 1, 5, 6)
    yield "stride 2", {"dout": dout, "x": wide, "w": w, "b": b, "stride": 2}
    padded = np.array([[2.0, 0.0, -1.0, 1.0], [0.0, 3.0, 1.0, -2.0], [1.5, 0.0, 0.0, 4.0]])[None, None]
    yield "padding 1", {"dout": padded, "x": x[..., :2, :], "w": w, "b": b, "stride": 1, "padding": 1}
    x = np.array([[[1.0, 0.0, 2.0], [3.0, 1.0, 0.0]], [[0.0, 5.0, 1.0], [2.0, 0.0, 4.0]]])
    w = np.array([[[[1.0, 2.0]], [[0.0, -1.0]]], [[[3.0, 0.0]], [[1.0, 1.0]]], [[[-1.0, 1.0]], [[2.0, 0.5]]]])
    dout = np.array([[[1.0, 2.0], [0.0, -1.0]], [[3.0, 0.5], [1.0, 1.0]], [[-2.0, 0.0], [4.0, 1.0]]])
    two = {"dout": np.stack([dout, dout[::-1] + 1.0]), "x": np.stack([x, 2.0 - x])}
    yield "two images, three filters", two | {"w": w, "b": np.array([1.0, -2.0, 0.5])}


def edge(rng):
    yield "tall kernel", _case(rng, (1, 2, 7, 4), (3, 5, 1))
    yield "kernel of one pixel", _case(rng, (2, 3, 4, 5), (4, 1, 1))
    yield "kernel as large as the image", _case(rng, (2, 1, 3, 4), (3, 3, 4))
    yield "stride equals the kernel", _case(rng, (3, 2, 6, 4), (1, 2, 2), stride=2)
    yield "stride beyond the kernel", _case(rng, (2, 1, 7, 5), (3, 2, 1), stride=3)
    yield "padding 2", _case(rng, (2, 3, 3, 4), (2, 2, 3), padding=2)
    yield "stride 3, padding 2", _case(rng, (1, 3, 6, 8), (2, 4, 3), stride=3, padding=2)
    yield "stride 2, padding 1", _case(rng, (2, 1, 5, 6), (3, 3, 2), stride=2, padding=1)
    grey = _case(rng, (2, 1, 4, 5), (3, 2, 3))
    yield "grey values", grey | {"x": rng.integers(0, 256, size=(2, 1, 4, 5))}


def secret(rng):
    n, c, f = (int(size) for size in rng.permutation([2, 3, 4]))
    kh, kw = (int(size) for size in rng.permutation([2, 3]))
    h, w = (int(size) for size in rng.permutation([5, 6]))
    yield "random images", _case(rng, (n, c, h, w), (f, kh, kw))
    yield "random stride", _case(rng, (n, c, h, w + 2), (f, kh, kw), stride=2)
    yield "random padding", _case(rng, (c, n, h, w), (f, kh, kw), padding=int(rng.integers(1, 3)))
    yield "random stride and padding", _case(rng, (f, n, w, h), (c, kw, kh), stride=int(rng.integers(2, 4)), padding=1)
