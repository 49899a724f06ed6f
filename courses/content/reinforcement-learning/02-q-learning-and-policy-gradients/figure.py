import numpy as np

from courses.figures import Drawing, heat_map
from mlcore.numpy.reinforcement import q_learning_update

GOAL = 4
ROWS, COLUMNS = 4, 8
MOVES = [(-1, 0), (0, 1), (1, 0), (0, -1)]  # up, right, down, left
CELL = 58


def draw():
    return {"corridor.svg": corridor(), "cliff.svg": cliff()}


def corridor():
    drawing = Drawing(
        480,
        480,
        "The reward of a corridor seeps backwards",
        "The table of a corridor of five cells with a reward of 1 for reaching the last, after 1, 3 and 40 episodes. At "
        "first only the entry of the step into the goal is above zero, in the end every entry for the step to the right "
        "is larger than the one for the step to the left.",
    )
    for position, episodes in enumerate([1, 3, 40]):
        top = 18 + 156 * position
        drawing.text(0, top, f"after {episodes} episode{'s' if episodes > 1 else ''}")
        for row, label in enumerate(["left", "right"]):
            drawing.text(50, top + 12 + CELL * (row + 0.5) + 5, label, "end", "fig-muted")
        heat_map(drawing, (60, top + 12), np.round(walked(episodes).T, 2), CELL)
    for state in range(GOAL):
        drawing.text(60 + CELL * (state + 0.5), 476, f"cell {state}", "middle", "fig-muted")
    return drawing.svg()


def walked(episodes):
    """Return the table after `episodes` walks from cell 0 that go left or right by the toss of a coin."""
    rng = np.random.default_rng(1)
    q = np.zeros((GOAL + 1, 2))
    for _ in range(episodes):
        state = 0
        while state != GOAL:
            action = int(rng.integers(2))
            next_state = max(state - 1, 0) if action == 0 else state + 1
            done = next_state == GOAL
            q = q_learning_update(q, state, action, float(done), next_state, done, alpha=0.5, gamma=0.9)
            state = next_state
    return q[:GOAL]


def cliff():
    drawing = Drawing(
        480,
        300,
        "Two agents beside a cliff",
        "A grid of 4 by 8 cells with a cliff along the bottom between start and goal. The path learned by Q-learning runs "
        "along the edge of the cliff, the path learned by SARSA keeps one row away from it.",
    )
    for row in range(ROWS):
        for column in range(COLUMNS):
            hue = "fig-cell-neg fig-level-4" if is_cliff(row, column) else ""
            drawing.rectangle(8 + CELL * column, 42 + CELL * row, CELL, CELL, f"fig-cell {hue or 'fig-level-0'}")
    for column, label in ((0, "start"), (COLUMNS - 1, "goal")):
        drawing.text(8 + CELL * (column + 0.5), 42 + CELL * ROWS - 6, label, "middle")
    drawing.text(8 + CELL * COLUMNS / 2, 42 + CELL * (ROWS - 0.5) + 5, "cliff: −100 and back to the start", "middle")
    for series, name in enumerate(["Q-learning", "SARSA"], start=1):
        shift = 6 * (2 * series - 3)
        points = " ".join(
            f"{8 + CELL * (column + 0.5) + shift:g},{42 + CELL * (row + 0.5) + shift:g}" for row, column in path(name)
        )
        drawing.add(
            "polyline", f"fig-line-{series}", points=points, stroke_width=4, stroke_dasharray=["", "9 5"][series - 1]
        )
        drawing.key(10 + 220 * (series - 1), 20, series, name)
    return drawing.svg()


def is_cliff(row, column):
    return row == ROWS - 1 and 0 < column < COLUMNS - 1


def step(state, action):
    """Return next state, reward and whether the walk is over: −1 per step, −100 for the cliff."""
    row, column = divmod(state, COLUMNS)
    row = min(max(row + MOVES[action][0], 0), ROWS - 1)
    column = min(max(column + MOVES[action][1], 0), COLUMNS - 1)
    if is_cliff(row, column):
        return (ROWS - 1) * COLUMNS, -100.0, False
    return row * COLUMNS + column, -1.0, (row, column) == (ROWS - 1, COLUMNS - 1)


def path(name):
    """Return the greedy path of a table learned while one step in ten is taken at random."""
    rng = np.random.default_rng(0)
    q = np.zeros((ROWS * COLUMNS, len(MOVES)))

    def choose(state):
        return int(rng.integers(len(MOVES)) if rng.random() < 0.1 else q[state].argmax())

    for _ in range(3000):
        state, done = (ROWS - 1) * COLUMNS, False
        action = choose(state)
        while not done:
            next_state, reward, done = step(state, action)
            next_action = choose(next_state)
            if name == "Q-learning":
                q = q_learning_update(q, state, action, reward, next_state, done, alpha=0.1, gamma=1.0)
            else:
                future = 0.0 if done else q[next_state, next_action]
                q[state, action] += 0.1 * (reward + future - q[state, action])
            state, action = next_state, next_action
    state, done, cells = (ROWS - 1) * COLUMNS, False, []
    while not done and len(cells) < ROWS * COLUMNS:
        cells.append(divmod(state, COLUMNS))
        state, _, done = step(state, int(q[state].argmax()))
    return [*cells, divmod(state, COLUMNS)]
