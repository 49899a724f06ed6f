import numpy as np


def _step(q, state, action, reward, next_state, alpha, gamma, *, done=False):
    return {
        "q": np.asarray(q),
        "state": int(state),
        "action": int(action),
        "reward": float(reward),
        "next_state": int(next_state),
        "done": done,
        "alpha": float(alpha),
        "gamma": float(gamma),
    }


def sample(rng):
    q = [[0.2, 0.4], [0.1, 0.8], [-0.5, 1.3], [0.7, 0.6]]
    yield "a corridor", _step(q, 1, 0, -0.1, 2, 0.5, 0.9)
    yield "the goal is reached", _step(q, 2, 1, 2.0, 3, 0.1, 0.9, done=True)
    yield "everything costs", _step([[-1.2, -0.7], [-2.5, -3.1], [-0.4, -1.9]], 0, 1, -1.0, 1, 0.25, 0.8)


def edge(rng):
    q = rng.normal(size=(5, 3))
    yield "stays where it is", _step(q, 3, 1, 0.4, 3, 0.3, 0.9)
    yield "back to the first state", _step(q + 2.0, 4, 2, -0.7, 0, 0.6, 0.75)
    yield "one action", _step(rng.normal(size=(4, 1)), 2, 0, 1.3, 1, 0.2, 0.95)
    yield "no memory", _step(q, 0, 2, 0.8, 1, 1.0, 0.7)
    yield "no future", _step(q, 1, 0, 1.1, 2, 0.35, 0.0)
    yield "whole future", _step(q, 2, 0, -0.3, 4, 0.45, 1.0)
    yield "far below zero", _step(-100.0 - 10.0 * rng.random(size=(3, 4)), 2, 3, -1.0, 0, 0.5, 0.9)
    ties = [[0.3, 1.7, 0.3, 1.7], [1.7, 0.2, -0.6, 0.9], [2.1, 2.1, 2.1, 2.1]]
    yield "ties", _step(ties, 1, 2, 0.25, 0, 0.15, 0.85)
    yield "ends where it began", _step(q, 4, 0, -1.6, 4, 0.55, 0.9, done=True)
    yield "falls off the cliff", _step(q + 3.0, 0, 1, -100.0, 2, 0.5, 1.0, done=True)
    yield "counted in whole points", _step(rng.integers(1, 30, size=(4, 3)), 0, 2, 3.0, 1, 0.3, 0.85)
    yield "whole points at the end", _step(rng.integers(1, 30, size=(3, 4)), 1, 3, 7.0, 2, 0.15, 0.9, done=True)


def _drawn(rng, q, *, done):
    """A step between two different states; the action taken is not the best one of the next state."""
    state, next_state = rng.permutation(len(q))[:2]
    action = (q[next_state].argmax() + 1) % q.shape[1]
    alpha, gamma = rng.uniform(0.15, 0.45), rng.uniform(0.6, 0.95)
    return _step(q, state, action, rng.uniform(0.5, 2.0) * rng.choice([-1, 1]), next_state, alpha, gamma, done=done)


def secret(rng):
    states, actions = int(rng.integers(6, 9)), int(rng.integers(3, 6))
    q = rng.normal(scale=2.0, size=(states, actions))
    yield "a step on", _drawn(rng, q, done=False)
    yield "a long table", _drawn(rng, rng.normal(size=(40, 2)), done=False)
    yield "only losses", _drawn(rng, -1.0 - 3.0 * rng.random(size=(states, actions)), done=False)
    yield "the end of an episode", _drawn(rng, q, done=True)
