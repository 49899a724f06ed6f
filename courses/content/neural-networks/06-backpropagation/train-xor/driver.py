import numpy as np


def call(learner, X, y, points, seed):
    model = learner.train(X, y, np.random.default_rng(seed))
    return learner.predict(model, points)
