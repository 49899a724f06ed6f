import numpy as np
import pytest
from sklearn.cluster import KMeans

from mlcore import datasets
from mlcore.numpy.clustering import k_means
from tests.mlcore.parity import assert_twins_agree

X, _ = datasets.blobs(np.random.default_rng(2), 40, [[0.0, 0.0, 1.0], [3.0, 1.0, 0.0], [1.0, 4.0, -1.0]])
LOST = np.array([[-2.0, 4.0], [-6.0, 0.0], [4.0, -2.0], [-2.0, 1.0], [3.0, -5.0]])
LOST_START = np.array([[5.0, 0.0], [2.0, -5.0], [-3.0, -5.0]])


@pytest.mark.parametrize("max_iter", [1, 3, 100])
def test_twins_agree(max_iter):
    assert_twins_agree("clustering:k_means", X, X[:4], max_iter=max_iter)


def test_twins_agree_on_an_empty_cluster():
    assert_twins_agree("clustering:k_means", LOST, LOST_START)


@pytest.mark.parametrize("clusters", [1, 2, 5])
def test_clusters_are_scikit_learns(clusters):
    model = KMeans(clusters, init=X[:clusters], n_init=1, tol=0, algorithm="lloyd").fit(X)
    centroids, labels = k_means(X, X[:clusters])
    np.testing.assert_allclose(centroids, model.cluster_centers_, rtol=1e-10)
    np.testing.assert_array_equal(labels, model.labels_)


def test_where_it_ends_no_sample_has_a_nearer_centroid_and_each_centroid_is_a_mean():
    centroids, labels = k_means(X, X[:6])
    squares = ((X[:, np.newaxis] - centroids) ** 2).sum(axis=2)
    np.testing.assert_array_equal(squares[np.arange(len(X)), labels], squares.min(axis=1))
    for k, centroid in enumerate(centroids):
        np.testing.assert_allclose(centroid, X[labels == k].mean(axis=0))


def test_no_iteration_raises_the_sum_of_squares():
    sums = []
    for max_iter in range(1, 8):
        centroids, labels = k_means(X, X[:3], max_iter)
        sums.append(((X - centroids[labels]) ** 2).sum())
    assert sums == sorted(sums, reverse=True)
    assert sums[0] > sums[-1]


def test_a_centroid_that_loses_its_samples_stays_where_it_was_last():
    centroids, labels = k_means(LOST, LOST_START)
    np.testing.assert_array_equal(labels, [2, 2, 1, 2, 1])
    np.testing.assert_array_equal(centroids[0], k_means(LOST, LOST_START, max_iter=1)[0][0])
    assert (centroids[0] != LOST_START[0]).all()


def test_the_lower_index_wins_a_tie():
    np.testing.assert_array_equal(k_means([[-1.0], [0.0], [1.0]], [[-1.0], [1.0]])[1], [0, 0, 1])
    np.testing.assert_array_equal(k_means([[-1.0], [0.0], [1.0]], [[1.0], [-1.0]])[1], [1, 0, 0])


def test_the_centroids_given_are_left_alone():
    start = X[:2].copy()
    k_means(X, start)
    np.testing.assert_array_equal(start, X[:2])
