"""What a page says while there is no verdict yet: what happens now, and about how long it takes."""

import math
from dataclasses import dataclass
from typing import Any

BY_ITSELF = "The verdict comes by itself."


@dataclass(frozen=True, slots=True)
class Waiting:
    title: str
    sentence: str
    case: int = 0  # the case that runs, of so many
    cases: int = 0


def waiting(state: dict[str, Any]) -> Waiting:
    """Return the words for `grader.selectors.submission_state` of what is not graded yet."""
    if state["status"] == "running":
        return Waiting("Running your code", BY_ITSELF, state.get("case", 0), state.get("cases", 0))
    if state["status"] == "paused":
        return Waiting("Waiting", state["reason"])
    if "queue_position" not in state:
        return Waiting("Queued", f"Your run starts as soon as a worker is free. {BY_ITSELF}")
    before = state["queue_position"]
    others = "1 submission is" if before == 1 else f"{before} submissions are"
    place = f"{others} before yours" if before else "Yours is the next one"
    return Waiting("Queued", f"{place}{_about(state.get('estimate_s'))}. {BY_ITSELF}")


def _about(seconds: float | None) -> str:
    """Return an estimate as exact as an estimate is."""
    if seconds is None:
        return ""
    if seconds < 5:
        return "; it takes a few seconds"
    if seconds < 55:
        return f"; it takes about {5 * math.ceil(seconds / 5)} s"
    minutes = math.ceil(seconds / 60)
    return f"; it takes about {minutes} minute{'s' if minutes > 1 else ''}"
