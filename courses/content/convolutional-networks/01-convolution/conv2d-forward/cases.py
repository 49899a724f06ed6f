import numpy as np


def _case(rng, image, kernel, **options):
    """Images (N, C, H, W) and filters (F, KH, KW) of the same channels, with a bias far from zero."""
    filters, height, width = kernel
    return {
        "x": rng.normal(size=image),
        "w": rng.normal(size=(filters, image[1], height, width)),
        "b": rng.normal(size=filters) + 2.0,
        **options,
    }


def sample(rng):
    x = np.array([[1.0, 2.0, 0.0, 3.0], [4.0, 0.0, 1.0, 5.0], [2.0, 6.0, 3.0, 1.0]])[None, None]
    w = np.array([[1.0, 0.0, -1.0], [2.0, 1.0, 0.0]])[None, None]
    yield "two by three kernel", {"x": x, "w": w, "b": np.array([0.5])}
    yield "stride 2", {"x": np.arange(1.0, 31.0).reshape(1, 1, 5, 6), "w": w, "b": np.array([-1.0]), "stride": 2}
    yield "padding 1", {"x": x[..., :2, :], "w": w, "b": np.array([3.0]), "stride": 1, "padding": 1}
    x = np.array([[[1.0, 0.0, 2.0], [3.0, 1.0, 0.0]], [[0.0, 5.0, 1.0], [2.0, 0.0, 4.0]]])[None]
    w = np.array([[[[1.0, 2.0]], [[0.0, -1.0]]], [[[3.0, 0.0]], [[1.0, 1.0]]], [[[-1.0, 1.0]], [[2.0, 0.5]]]])
    yield "channels and filters", {"x": x, "w": w, "b": np.array([1.0, -2.0, 0.5])}


def edge(rng):
    yield "one image, tall kernel", _case(rng, (1, 2, 7, 4), (3, 5, 1))
    yield "kernel of one pixel", _case(rng, (2, 3, 4, 5), (4, 1, 1))
    yield "kernel as large as the image", _case(rng, (2, 1, 3, 4), (3, 3, 4))
    yield "stride equals the kernel", _case(rng, (3, 2, 6, 4), (1, 2, 2), stride=2)
    yield "stride leaves a rest", _case(rng, (1, 2, 6, 8), (2, 3, 4), stride=2, padding=0)
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
