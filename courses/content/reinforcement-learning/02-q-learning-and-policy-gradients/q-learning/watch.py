import numpy as np

from courses.pictures import Ask, Axis, Curve, Dot, Frame, Scene, Walked, World

title = "An agent at the edge of a cliff"
description = (
    "An agent walks from S to G, and after every step your function updates its table. A step costs 1, falling off the "
    "cliff costs 100 and leads back to S (the cliff of Sutton and Barto, Reinforcement Learning, example 6.6). Arrows "
    "are the best actions of your table, the colour is how much it promises, the line is the way of the last episode."
)
choices = {
    "epsilon": ("Random steps", {"none": 0.0, "1 in 10": 0.1, "4 in 10": 0.4}, "1 in 10"),
    "alpha": ("Learning rate", {"0.05, slow": 0.05, "0.5, good": 0.5}, "0.5, good"),
}

ROWS = ("............",) * 3 + ("S##########G",)
WIDTH, START, GOAL = 12, 36, 47
STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1))  # up, right, down, left
EPISODES, MOST_CALLS, LONGEST = 240, 12_000, 400
SHOWN = (*range(1, 21), *range(22, 61, 2), *range(65, EPISODES + 1, 5))


def watch(rng, epsilon, alpha):
    world = World("The table of your agent", ROWS)
    rewards = Curve(
        "Reward, the mean of the last ten episodes", Axis("episode", 0, EPISODES), "reward, each at least −200"
    )
    yield Scene({"world": world, "rewards": rewards}, ("Steps", "Reward", "Updates so far"), frames=len(SHOWN) + 2)

    q, calls, totals = np.zeros((48, 4)), 0, []
    yield _frame("the start", q, [START], {})
    for episode in range(1, EPISODES + 1):
        state, path, total, done = START, [START], 0.0, False
        while not done and len(path) <= LONGEST:
            action = int(rng.integers(4)) if rng.random() < epsilon else _best(q[state], rng)
            arrived, reward = _step(state, action)
            done = arrived == GOAL
            q = yield Ask(
                {
                    "q": q,
                    "state": state,
                    "action": action,
                    "reward": reward,
                    "next_state": arrived,
                    "done": done,
                    "alpha": alpha,
                    "gamma": 1.0,
                },
                shapes=[(48, 4)],
            )
            state, total, calls = arrived, total + reward, calls + 1
            path.append(state)
        totals.append(max(total, -200.0))
        over = calls >= MOST_CALLS
        if episode in SHOWN or over:
            facts = {"Steps": len(path) - 1, "Reward": int(total), "Updates so far": calls}
            yield _frame(f"episode {episode}", q, path, facts, rewards=Dot(episode, np.mean(totals[-10:])))
        if over:
            break
    way = _greedy_way(q)
    if way is None:
        return f"After {calls:,} updates the best actions do not lead to the goal yet."
    return f"After {calls:,} updates the best actions lead to the goal in {way} steps; the shortest way has 13."


def _best(values, rng):
    """Return an action of the highest value; ties are broken at random."""
    best = np.flatnonzero(values >= np.nanmax(values)) if np.isfinite(values).any() else np.arange(4)
    return int(rng.choice(best))


def _step(state, action):
    row, column = divmod(state, WIDTH)
    row = min(max(row + STEPS[action][0], 0), len(ROWS) - 1)
    column = min(max(column + STEPS[action][1], 0), WIDTH - 1)
    return (START, -100.0) if ROWS[row][column] == "#" else (row * WIDTH + column, -1.0)


def _greedy_way(q):
    """Return how many steps the best actions need to the goal, None where they do not get there."""
    state = START
    for count in range(48):
        if state == GOAL:
            return count
        state, reward = _step(state, int(np.nan_to_num(q[state], nan=-np.inf).argmax()))
        if reward == -100.0:
            return None
    return None


def _frame(label, q, path, facts, **parts):
    tried = np.any(q != 0.0, axis=1)
    walkable = np.array([kind != "#" for kind in "".join(ROWS)]) & (np.arange(48) != GOAL)
    actions = np.where(tried & walkable, np.nan_to_num(q, nan=-np.inf).argmax(axis=1), -1)
    return Frame(label, facts, {"world": Walked(q.max(axis=1), actions, path[-60:]), **parts})
