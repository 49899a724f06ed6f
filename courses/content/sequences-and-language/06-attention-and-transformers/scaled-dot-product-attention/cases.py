import numpy as np


def _case(rng, batch, t, s, d_k, d_v, **options):
    return {
        "q": rng.normal(size=(*batch, t, d_k)),
        "k": rng.normal(size=(*batch, s, d_k)),
        "v": rng.normal(size=(*batch, s, d_v)),
        **options,
    }


def _some_allowed(rng, shape):
    """A mask that hides about half of the keys and leaves each query at least one."""
    chosen = rng.integers(shape[-1], size=(*shape[:-1], 1))
    return (rng.random(shape) < 0.5) | (np.arange(shape[-1]) == chosen)


def _looking_back(t, s):
    return np.tril(np.ones((t, s), dtype=bool))


def sample(rng):
    q = np.array([[1.0, 0.0, 2.0, 1.0], [0.0, 3.0, -1.0, 2.0]])
    k = np.array([[1.0, 1.0, 0.0, 0.0], [0.0, 2.0, 1.0, -1.0], [2.0, 0.0, 1.0, 1.0]])
    v = np.array([[10.0, 0.0], [0.0, 10.0], [5.0, -5.0]])
    yield "two queries, three keys", {"q": q, "k": k, "v": v}
    mask = np.array([[True, False, True], [True, True, False]])
    yield "no looking ahead", _case(rng, (), 4, 4, 3, 2, mask=_looking_back(4, 4))
    yield "nothing to attend to", {"q": q, "k": k, "v": v, "mask": mask & np.array([[True], [False]])}


def edge(rng):
    yield "as many queries as keys and features", _case(rng, (), 3, 3, 3, 3)
    yield "one query, one feature", _case(rng, (), 1, 4, 1, 3)
    yield "one key", _case(rng, (), 3, 1, 4, 2)
    yield "a batch of two", _case(rng, (2,), 3, 4, 5, 6)
    yield "a batch with heads", _case(rng, (2, 3), 5, 4, 2, 3)
    lengths = np.array([2, 5, 3])
    yield (
        "one mask for each sequence",
        _case(rng, (3, 2), 4, 5, 3, 2, mask=(np.arange(5) < lengths[:, None])[:, None, None, :]),
    )
    yield "no mask: None", _case(rng, (2,), 2, 5, 3, 4, mask=None)
    hidden = _case(rng, (), 3, 4, 2, 3, mask=np.array([[True, True, True, False]]))
    hidden["q"], hidden["k"] = np.abs(hidden["q"]) + 1, hidden["k"].copy()
    hidden["k"][3] = 2000.0
    yield "the best fit is hidden", hidden
    large = _case(rng, (), 3, 5, 4, 2)
    yield "products of thousands", large | {"q": 60.0 * large["q"], "k": 30.0 * large["k"]}
    # One row of scores is near -1000, the other near +1000; within a row they differ by a few units. All are exact in float32.
    q = np.array([[-1000.0, -1.0, 2.0, 0.5], [1000.0, 1.0, 1.0, -0.5]])
    k = np.array(
        [
            [2.0, -1.0, 0.5, 1.0],
            [2.0, 0.0, -1.0, 2.0],
            [2.0, 3.0, 1.0, -1.0],
            [2.0, 1.0, 0.0, 3.0],
            [2.0, 2.0, 1.5, 0.0],
        ]
    )
    mask = np.array([[True, True, False, True, True], [False, True, True, True, False]])
    yield "large products under a mask", {"q": q, "k": k, "v": rng.normal(size=(5, 3)), "mask": mask}
    padding = np.ones((3, 1, 4), dtype=bool)
    padding[1] = False
    yield "padding only", _case(rng, (3,), 2, 4, 3, 5, mask=padding)


def secret(rng):
    t, s, d_k, d_v = (int(size) for size in rng.permutation([3, 4, 5, 6]))
    yield "random queries", _case(rng, (), t, s, d_k, d_v)
    yield "random heads", _case(rng, (2, 3), t, s, d_k, d_v)
    yield "random mask", _case(rng, (2,), t, s, d_v, d_k, mask=_some_allowed(rng, (2, t, s)))
