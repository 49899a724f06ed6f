def q_learning_update(q, state, action, reward, next_state, done, alpha, gamma):
    """Learn from one step (s, a, r, s').

    q: (S, A)                    table of values (array or tensor)
    state, action, next_state:   indices, int
    reward: float
    done: bool                   True if the episode ended with this step
    alpha, gamma: float          learning rate and discount
    Returns the new table (S, A); q stays as it is.
    """
    raise NotImplementedError("q_learning_update")
