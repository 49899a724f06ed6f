"""What the child of a forkserver does. It imports next to nothing: a child should not pay for our imports."""

import importlib
from multiprocessing.connection import Connection


def in_forked_server(answers: Connection, library: str, source: str, values: list[float]) -> None:
    """Run the submission with nothing between it and this machine, and send its answer."""
    module = importlib.import_module(library)
    names: dict[str, object] = {}
    exec(source, names)  # noqa: S102 -- the rival: a grader without a jail
    array = module.tensor if library == "torch" else module.array
    answers.send(names["f"](array(values)).tolist())  # type: ignore[operator]
