"""Learning from rewards: values of states and actions. Formulas and sources: `mlcore.numpy.reinforcement`."""

from torch import Tensor


def q_learning_update(
    q: Tensor,
    state: int,
    action: int,
    reward: float,
    next_state: int,
    done: bool,  # noqa: FBT001 -- the signature of every environment's step
    alpha: float,
    gamma: float,
) -> Tensor:
    """Move q[state, action] of the table (S, A) towards what one step has shown; return a new table."""
    q = q.double()
    target = reward if done else reward + gamma * q[next_state].max()
    updated = q.clone()
    updated[state, action] = q[state, action] + alpha * (target - q[state, action])
    return updated
