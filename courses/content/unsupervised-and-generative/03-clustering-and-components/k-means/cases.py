import numpy as np


def _case(X, centroids, **options):
    return {"X": np.array(X), "centroids": np.array(centroids), **options}


def _from_samples(rng, n, d, k, **options):
    X = rng.normal(size=(n, d))
    return _case(X, X[rng.permutation(n)[:k]], **options)


def _groups(rng, n, centres, spread, **options):
    """Samples around `centres`; all centroids begin near the first of them, so that they have a long way to go."""
    centres = np.array(centres)
    X = centres[np.arange(n) % len(centres)] + spread * rng.normal(size=(n, centres.shape[1]))
    return _case(X, X[:: len(centres)][: len(centres)], **options)


def _queue(n, moving):
    """Samples on a line whose border moves past one sample with each iteration, until `moving` have changed sides.

    With i samples on the left the border is the mean of both sides' means. The samples that come next lie halfway
    between borders that follow each other; the last ones lie together, where they make all means come out.
    """
    x, total = [0.0, 0.25], n - 1.0

    def border(i):
        left = sum(x[:i])
        return (left / i + (total - left) / (n - i)) / 2

    while len(x) < moving:
        i = len(x) - 1
        x.append((border(i) + border(i + 1)) / 2)
    x += [(total - sum(x)) / (n - moving)] * (n - moving)
    return np.array(x)[:, np.newaxis]


def sample(rng):
    plane = [[0.0, 0.0], [1.0, 0.5], [0.5, 1.0], [4.0, 4.5], [5.0, 4.0]]
    yield "two groups", _case(plane, [[0.0, 0.0], [1.0, 0.5]])
    yield "one iteration", _case(plane, [[0.0, 0.0], [1.0, 0.5]], max_iter=1)
    yield "halfway between two", _case([[-1.0, 0.0], [0.0, 1.0], [0.0, -1.0], [1.0, 0.0]], [[-1.0, 0.0], [1.0, 0.0]])
    yield "nobody is near", _case(plane, [[40.0, -40.0], [0.0, 1.0], [5.0, 5.0]], max_iter=50)


def edge(rng):
    yield "three on a line", _case([[9.0], [1.0], [2.5], [8.0], [4.0], [9.5], [1.5]], [[1.0], [2.5], [4.0]])
    yield "one cluster", _case(rng.normal(size=(5, 3)), [[7.0, 7.0, 7.0]])
    yield (
        "a cluster for each sample",
        _case([[0.0, 1.0], [3.0, 2.0], [-2.0, 5.0]], [[2.5, 2.0], [-2.0, 4.0], [0.0, 0.0]]),
    )
    yield "five features", _from_samples(rng, 14, 5, 3)
    centres = [[0.0, 0.0], [4.0, 0.5], [1.0, 4.0], [5.0, 5.0]]
    yield "a long way", _groups(rng, 24, centres, 0.9)
    yield "two iterations", _groups(rng, 20, centres, 0.9, max_iter=2)
    yield "three iterations", _groups(rng, 22, centres, 0.9, max_iter=3)
    yield (
        "halfway between three",
        _case(
            [[0.0, 0.0], [2.0, 0.0], [1.0, 3.0], [1.0, 1.0], [2.0, 4.0], [1.0, 5.0]],
            [[1.0, 5.0], [0.0, 1.0], [2.0, 1.0]],
        ),
    )
    yield (
        "the same centroid twice",
        _case([[0.0, 0.0], [1.0, 1.0], [2.0, 4.0], [6.0, 5.0], [7.0, 7.0]], [[1.0, 1.0], [1.0, 1.0], [6.0, 5.0]]),
    )
    yield (
        "a cluster that loses its samples",
        _case(
            [[-2.0, 4.0], [-6.0, 0.0], [4.0, -2.0], [-2.0, 1.0], [3.0, -5.0]], [[5.0, 0.0], [2.0, -5.0], [-3.0, -5.0]]
        ),
    )
    yield (
        "another that loses its samples",
        _case(
            [[-2.0, 4.0], [0.0, 5.0], [-3.0, -1.0], [5.0, -4.0], [-2.0, 5.0], [3.0, -5.0]],
            [[-5.0, 1.0], [5.0, 0.0], [0.0, -1.0]],
        ),
    )
    yield "more centroids than samples", _case([[2.0, 1.0]], [[0.0, 0.0], [3.0, 1.0], [5.0, 5.0]])
    grey = rng.integers(0, 256, size=(9, 4))
    yield "grey values", _case(grey, grey[[2, 5]])
    yield "votes", _case([[1, 0], [2, 0], [0, 4], [0, 7], [1, 6], [3, 1], [0, 0]], [[2, 0], [0, 4], [90, 90]])
    yield "a hundred iterations by default", _case(_queue(110, 105), [[0.0], [0.3]])
    yield "a million iterations allowed", _groups(rng, 18, centres, 0.9, max_iter=1_000_000)


def secret(rng):
    d, k = (int(size) for size in rng.permutation([2, 3]))
    yield "random samples", _from_samples(rng, int(rng.integers(16, 24)), d, k + 1)
    far = _from_samples(rng, int(rng.integers(9, 15)), k, d)
    position = int(rng.integers(len(far["centroids"])))
    yield "random far centroid", far | {"centroids": np.insert(far["centroids"], position, 60.0, axis=0)}
